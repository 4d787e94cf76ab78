// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** What the description of the interface says besides what stands in the routes: errors, tokens, preconditions. */
final class OpenApiDocument implements OpenApiCustomizer {
    private static final String TOKEN = "adminToken";
    private static final String PROBLEM = "Problem";
    private static final Set<String> KEYED = Set.of(AdminRoutes.V1 + "/users", AdminRoutes.V1 + "/realms");

    @Override
    public void customise(OpenAPI document) {
        document.info(new Info()
                        .title("OpenROS administrators' interface")
                        .version("v1")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN));
        document.getComponents()
                .addSecuritySchemes(TOKEN, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"))
                .addSchemas(PROBLEM, problem());
        document.getPaths().forEach((path, item) -> item.readOperationsMap()
                .forEach((method, operation) -> complete(path, method, operation, item)));
    }

    private static void complete(String path, HttpMethod method, Operation operation, PathItem item) {
        String route = path.substring(AdminRoutes.V1.length() + 1);
        operation.operationId(
                method.name().toLowerCase(Locale.ROOT) + "-" + route.replaceAll("[{}]", "").replace('/', '-'));
        operation.tags(List.of(route.split("/", 2)[0]));
        operation.getResponses().addApiResponse("default", new ApiResponse()
                .description("an error (RFC 9457)")
                .content(new Content()
                        .addMediaType("application/problem+json", new MediaType()
                                .schema(new JsonSchema().$ref("#/components/schemas/" + PROBLEM)))));
        if (method == HttpMethod.POST && KEYED.contains(path)) {
            operation.addParametersItem(
                    header("Idempotency-Key", "the request is done once, its answer repeated for a day"));
        }
        boolean changes = method == HttpMethod.PUT || method == HttpMethod.PATCH || method == HttpMethod.DELETE;
        if (changes && item.getGet() != null) {
            operation.addParametersItem(header("If-Match", "the ETag of what was read; if it has changed: 412"));
        }
    }

    private static HeaderParameter header(String name, String description) {
        HeaderParameter header = new HeaderParameter();
        header.name(name).description(description).schema(typed(new JsonSchema(), "string"));
        return header;
    }

    private static Schema<?> problem() {
        Schema<?> schema = typed(new JsonSchema(), "object");
        schema.addProperty("type", typed(new JsonSchema(), "string"));
        schema.addProperty("title", typed(new JsonSchema(), "string"));
        schema.addProperty("status", typed(new JsonSchema(), "integer"));
        schema.addProperty("detail", typed(new JsonSchema(), "string"));
        schema.addProperty("code", typed(new JsonSchema(), "integer"));
        schema.addProperty("invalid_params", typed(new JsonSchema(), "array").items(typed(new JsonSchema(), "object")));
        return schema.required(List.of("type", "title", "status"));
    }

    private static Schema<?> typed(Schema<?> schema, String type) {
        schema.setTypes(Set.of(type));
        return schema;
    }
}

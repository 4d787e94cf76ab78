// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells from the nullness of a record's components which properties are always there, and which may be null. */
final class RecordSchemas implements ModelConverter {
    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Schema<?> resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        JavaType java = Json.mapper().constructType(type.getType());
        Class<?> raw = java == null ? null : java.getRawClass();
        if (raw != null && raw.isRecord() && raw.getPackageName().startsWith("org.openros.core.")) {
            Schema<?> schema = resolved == null || resolved.get$ref() == null
                    ? resolved
                    : context.getDefinedModels().get(resolved.get$ref().substring("#/components/schemas/".length()));
            if (schema != null && schema.getProperties() != null) {
                complete(schema, raw);
            }
        }
        return resolved;
    }

    private static void complete(Schema<?> schema, Class<?> raw) {
        JsonInclude include = raw.getAnnotation(JsonInclude.class);
        boolean nulls = include != null && include.value() == JsonInclude.Include.ALWAYS;
        List<String> required = new ArrayList<>(schema.getRequired() == null ? List.of() : schema.getRequired());
        for (RecordComponent component : raw.getRecordComponents()) {
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (!required.contains(component.getName()) && (nulls || !nullable)) {
                required.add(component.getName());
            }
            Schema<?> property = schema.getProperties().get(component.getName());
            if (nulls && nullable && property != null && property.getTypes() != null) {
                Set<String> types = new LinkedHashSet<>(property.getTypes());
                types.add("null");
                property.setTypes(types);
            }
        }
        schema.setRequired(required);
    }
}

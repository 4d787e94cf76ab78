// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import io.swagger.v3.oas.annotations.Operation;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The description of the interface in OpenAPI 3.1 (admin API, section 15.1). It is a file that a test makes from the
 * routes, so that a server need not keep in memory what can make it.
 */
@RestController
final class OpenApiController {
    private static final Resource DESCRIPTION = new ClassPathResource("admin-openapi.json");

    /** The description. */
    @GetMapping(path = AdminRoutes.V1 + "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(hidden = true)
    Resource description() {
        return DESCRIPTION;
    }
}

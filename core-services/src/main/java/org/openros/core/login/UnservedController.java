// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import org.openros.core.http.ApiError;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Parts of the SDK's API that this server does not have; each answer names what is missing, as clients expect. */
@RestController
@RunsIn(CoreService.AUTH)
@RequestMapping("/api/client/v2.0")
class UnservedController {
    /** Change streams of a database. */
    @GetMapping("/app/{app}/functions/call")
    ResponseEntity<Void> watch() {
        throw ApiError.NO_SERVICE.exception();
    }

    @RequestMapping("/app/{app}/push/**")
    ResponseEntity<Void> push() {
        throw ApiError.NO_SERVICE.exception();
    }
}

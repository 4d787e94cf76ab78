// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import org.openros.core.http.ApiError;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Parts of the SDK's API that this server does not have; each answer names what is missing, as clients expect. */
@RestController
@RequestMapping("/api/client/v2.0")
class UnservedController {
    @RequestMapping({"/auth/api_keys", "/auth/api_keys/**"})
    ResponseEntity<Void> apiKeys() {
        throw ApiError.NO_API_KEY.exception();
    }

    @RequestMapping("/app/{app}/functions/call")
    ResponseEntity<Void> functions() {
        throw ApiError.NO_FUNCTION.exception();
    }

    @RequestMapping("/app/{app}/push/**")
    ResponseEntity<Void> push() {
        throw ApiError.NO_SERVICE.exception();
    }
}

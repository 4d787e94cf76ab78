// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.openros.core.http.AppAdmission;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Tells clients where to go on: to the very name they used. */
@RestController
@RunsIn(CoreService.AUTH)
class LocationController {
    private final AppAdmission apps;

    LocationController(AppAdmission apps) {
        this.apps = apps;
    }

    @GetMapping("/api/client/v2.0/app/{app}/location")
    Location location(@PathVariable("app") String app, ServerHttpRequest request) {
        apps.admit(app);
        ClientOrigin origin = ClientOrigin.of(request);
        return new Location("GLOBAL", "LOCAL", origin.http(), origin.webSocket());
    }

    /** Another deployment model than {@code GLOBAL} makes older clients rewrite the host. */
    record Location(
            @JsonProperty("deployment_model") String deploymentModel,
            @JsonProperty("location") String location,
            @JsonProperty("hostname") String hostname,
            @JsonProperty("ws_hostname") String webSocketHostname) {}
}

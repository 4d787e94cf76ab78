// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The reply to a change that was made. */
record Reply(int status, ObjectNode body) {
    ResponseEntity<JsonNode> entity() {
        ResponseEntity.BodyBuilder reply = ResponseEntity.status(status);
        String etag = body.path("etag").asString("");
        return (etag.isEmpty() ? reply : reply.eTag(etag)).body(body);
    }
}

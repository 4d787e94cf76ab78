// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.openros.core.http.ApiError;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an app learns of its user from access tokens: a JSON object, extended JSON for types that JSON lacks (client
 * HTTP API, section 4.3). It must be short: tokens travel in addresses.
 */
public final class CustomData {
    private static final int MAX_BYTES = 1_024;
    private static final JsonMapper JSON = new JsonMapper();

    private CustomData() {}

    /** The text to store; ends in a 400 reply if it is longer than 1 KiB. */
    public static String text(JsonNode object) {
        String text = object.toString();
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw ApiError.BAD_REQUEST.exception("custom data has at most " + MAX_BYTES + " bytes");
        }
        return text;
    }

    static Map<String, Object> parse(String text) {
        return JSON.readValue(text, new TypeReference<>() {});
    }
}

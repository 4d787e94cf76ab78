// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e.guard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A realm as the interfaces name it.
 *
 * @param text as in bodies and lists
 * @param partition as in BIND
 */
record RealmName(String text, String partition) {
    static RealmName of(String text) {
        return new RealmName(text, '"' + text + '"');
    }

    static RealmName number(int value) {
        return new RealmName("=int:" + value, "{\"$numberInt\":\"" + value + "\"}");
    }

    /** As one part of a URL. */
    String encoded() {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

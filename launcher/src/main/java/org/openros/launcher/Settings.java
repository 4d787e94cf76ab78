// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.util.LinkedHashMap;
import java.util.Map;

/** Configuration that stands above files and environment; immutable. */
final class Settings {
    private final Map<String, Object> values;

    Settings() {
        this(Map.of());
    }

    private Settings(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    static Settings of(Map<String, Object> values) {
        return new Settings(values);
    }

    Settings with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(key, value.toString());
        return new Settings(more);
    }

    Map<String, Object> asMap() {
        return values;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/** The settings of the process as it sees them. */
final class EffectiveSettings {
    private static final List<String> SHOWN = List.of("ros.", "server.", "spring.", "management.");
    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(secret|password|passwd|credential|api-?key|private|token|user-?info)(\\[\\d+])?$");
    /** Of somebody, in an address. */
    private static final Pattern LOGIN = Pattern.compile("(//)[^/@\\s]+@");
    private static final String MASK = "******";

    private final ConfigurableEnvironment environment;

    EffectiveSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /**
     * A setting.
     *
     * @param value masked if it may be a secret
     * @param origin where it was given
     */
    record Setting(String key, String value, String origin) {}

    /** The settings in the order of their keys; defaults that stand nowhere are not told. */
    List<Setting> all() {
        Map<String, Setting> found = new TreeMap<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> listed) {
                for (String key : listed.getPropertyNames()) {
                    if (SHOWN.stream().anyMatch(key::startsWith)) {
                        found.computeIfAbsent(key, name -> setting(name, source.getName()));
                    }
                }
            }
        }
        return List.copyOf(found.values());
    }

    private Setting setting(String key, String origin) {
        boolean secret = SECRET.matcher(key).matches();
        String value = secret ? MASK : String.valueOf(environment.getProperty(key));
        return new Setting(key, LOGIN.matcher(value).replaceAll("$1" + MASK + "@"), origin);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.core.service;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Which services run here, and where the others are if that is not to be found out.
 *
 * <pre>{@code
 * ros:
 *   services: [auth, permissions]
 *   services-at:
 *     directory: [http://directory.example.internal:9081]
 * }</pre>
 *
 * @param here one or more; default all
 * @param elsewhere addresses without path of instances that run a service; default none: they are found in Consul
 */
public record ChosenServices(Set<CoreService> here, Map<CoreService, List<URI>> elsewhere) {
    private static final String SERVICES = "ros.services";
    private static final String ELSEWHERE = "ros.services-at";

    /** Takes copies. */
    public ChosenServices {
        here = Collections.unmodifiableSet(EnumSet.copyOf(here));
        elsewhere = Map.copyOf(elsewhere);
    }

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException if they name a service that there is not, or none; the message names the key
     */
    public static ChosenServices of(Environment environment) {
        Binder binder = Binder.get(environment);
        List<String> names = binder.bind(SERVICES, Bindable.listOf(String.class)).orElse(all());
        if (names.isEmpty()) {
            throw new IllegalArgumentException(SERVICES + " must name one service or more of " + all());
        }
        Set<CoreService> here = EnumSet.noneOf(CoreService.class);
        names.forEach(name -> here.add(service(SERVICES, name)));
        return new ChosenServices(here, elsewhere(binder));
    }

    private static List<String> all() {
        List<String> names = new ArrayList<>();
        for (CoreService service : CoreService.values()) {
            names.add(service.text());
        }
        return names;
    }

    private static CoreService service(String key, String name) {
        for (CoreService service : CoreService.values()) {
            if (service.text().equals(name.strip())) {
                return service;
            }
        }
        throw new IllegalArgumentException(key + ": there is no service '" + name + "', only " + all());
    }

    private static Map<CoreService, List<URI>> elsewhere(Binder binder) {
        Map<CoreService, List<URI>> found = new EnumMap<>(CoreService.class);
        binder.bind(ELSEWHERE, Bindable.mapOf(String.class, String[].class)).orElse(Map.of()).forEach((name, urls) -> {
            List<URI> instances = new ArrayList<>();
            for (String url : urls) {
                instances.add(instance(name, url));
            }
            found.put(service(ELSEWHERE, name), instances);
        });
        return found;
    }

    private static URI instance(String name, String url) {
        URI instance = URI.create(url.strip());
        boolean plain = instance.getHost() != null
                && ("http".equals(instance.getScheme()) || "https".equals(instance.getScheme()));
        if (!plain) {
            throw new IllegalArgumentException(ELSEWHERE + "." + name + ": '" + url
                    + "' is not the address of an instance");
        }
        return instance;
    }

    /** Whether a service runs here. */
    public boolean has(CoreService service) {
        return here.contains(service);
    }

    /** What others see of it in the list of instances. */
    Map<String, String> details() {
        return new HashMap<>(here.stream().collect(Collectors.toMap(CoreService::text, service -> "yes")));
    }

    /** How instances that run a service can be told from others. */
    static Map<String, String> detail(CoreService service) {
        return Map.of(service.text(), "yes");
    }
}

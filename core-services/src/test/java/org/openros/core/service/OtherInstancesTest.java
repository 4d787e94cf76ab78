// SPDX-License-Identifier: Apache-2.0
package org.openros.core.service;

import java.net.URI;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.openros.cluster.GroupView.Registration;
import org.openros.cluster.ServiceDirectory;
import org.openros.cluster.ServiceInstance;

import static org.assertj.core.api.Assertions.assertThat;

class OtherInstancesTest {
    private static final URI ONE = URI.create("http://10.0.0.1:9081");
    private static final URI TWO = URI.create("http://10.0.0.2:9081");

    private final Map<Map<String, String>, Consumer<List<URI>>> watched = new HashMap<>();
    private final ServiceDirectory directory = new ServiceDirectory() {
        @Override
        public Registration register(ServiceInstance instance) {
            throw new AssertionError("nothing is listed here");
        }

        @Override
        public Registration watch(String service, Map<String, String> details, Consumer<List<URI>> listener) {
            assertThat(service).isEqualTo("core-services");
            watched.put(details, listener);
            return () -> watched.remove(details);
        }
    };

    private OtherInstances instances(Map<CoreService, List<URI>> named) {
        Set<CoreService> here = EnumSet.of(CoreService.AUTH, CoreService.ADMIN);
        return new OtherInstances(new ChosenServices(here, named), directory);
    }

    @Test
    void instancesAreFoundByWhatTheyTellOfThemselves() {
        OtherInstances instances = instances(Map.of());
        assertThat(watched.keySet())
                .containsExactlyInAnyOrder(Map.of("directory", "yes"), Map.of("permissions", "yes"));
        assertThat(new ChosenServices(EnumSet.of(CoreService.DIRECTORY), Map.of()).details())
                .isEqualTo(Map.of("directory", "yes"));
        assertThat(instances.of(CoreService.DIRECTORY)).isEmpty();
        Objects.requireNonNull(watched.get(Map.of("directory", "yes"))).accept(List.of(ONE, TWO));
        assertThat(instances.of(CoreService.DIRECTORY)).containsExactlyInAnyOrder(ONE, TWO);
        assertThat(instances.of(CoreService.PERMISSIONS)).isEmpty();
        instances.destroy();
        assertThat(watched).isEmpty();
    }

    @Test
    void instancesThatAreNamedAreNotLookedFor() {
        OtherInstances instances = instances(Map.of(CoreService.DIRECTORY, List.of(ONE)));
        assertThat(watched.keySet()).containsExactly(Map.of("permissions", "yes"));
        assertThat(instances.of(CoreService.DIRECTORY)).containsExactly(ONE);
    }

    @Test
    void instancesAreAskedInTurn() {
        OtherInstances instances = instances(Map.of(CoreService.DIRECTORY, List.of(ONE, TWO)));
        URI first = instances.of(CoreService.DIRECTORY).getFirst();
        assertThat(instances.of(CoreService.DIRECTORY)).hasSize(2).first().isNotEqualTo(first);
    }
}

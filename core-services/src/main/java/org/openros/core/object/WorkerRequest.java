// SPDX-License-Identifier: Apache-2.0
package org.openros.core.object;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openros.cluster.Master;
import org.openros.domain.GroupId;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A request for the master of a group.
 *
 * @param route below {@code /internal/v1/data}
 * @param silence how long the worker may say nothing
 */
record WorkerRequest(
        GroupId group,
        HttpMethod method,
        String route,
        MultiValueMap<String, String> parameters,
        HttpHeaders headers,
        Body body,
        Duration silence) {
    private static final String DATA = "/internal/v1/data/";
    private static final String REPEATABLE = "Idempotency-Key";

    /** The bytes of a body, which is read as a whole so that it can be sent again. */
    record Body(@SuppressWarnings("ArrayRecordComponent") byte[] bytes) {
        static final Body NONE = new Body(new byte[0]);
    }

    boolean isWrite() {
        return !method.equals(HttpMethod.GET);
    }

    /** Whether sending it twice is the same as once. */
    boolean isRepeatable() {
        return !isWrite() || headers.containsHeader(REPEATABLE);
    }

    URI at(Master master) {
        UriComponentsBuilder address = UriComponentsBuilder.fromUri(master.api()).path(DATA + route);
        List<String> values = new ArrayList<>();
        parameters.forEach((name, all) -> all.forEach(value -> {
            address.queryParam(name, "{" + values.size() + "}");
            values.add(value);
        }));
        return address.encode().buildAndExpand(values.toArray()).toUri();
    }
}

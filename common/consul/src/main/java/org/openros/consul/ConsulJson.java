// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The bodies of Consul's HTTP interface, as its documentation names them. */
@SuppressWarnings("ArrayRecordComponent")
final class ConsulJson {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
            .changeDefaultPropertyInclusion(none -> JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    /** What a service tells of itself, besides its details, if it speaks TLS. */
    static final String SCHEME = "scheme";

    static final String HTTPS = "https";

    private ConsulJson() {}

    /** A session to open. */
    record NewSession(
            String name,
            @JsonProperty("TTL") String ttl,
            String lockDelay,
            String behavior,
            List<String> nodeChecks) {}

    /** An opened session. */
    record SessionId(@JsonProperty("ID") String id) {}

    /** A stored value; what is written by a transaction comes back without its content. */
    record Pair(
            String key, byte @Nullable [] value, long flags, @Nullable String session, long modifyIndex) {}

    /** One operation of a transaction. */
    record Operation(@JsonProperty("KV") KeyOperation keyOperation) {}

    /** What to do with a key; only those fields are there that the verb asks for. */
    record KeyOperation(
            String verb,
            String key,
            byte @Nullable [] value,
            @Nullable Long index,
            @Nullable String session,
            @Nullable Long flags) {}

    /** How a transaction ended; results are those of all operations except deletions. */
    record Transacted(@Nullable List<Result> results, @Nullable List<Failure> errors) {}

    /** Of one operation. */
    record Result(@JsonProperty("KV") Pair pair) {}

    /** Of the operation with that index. */
    record Failure(int opIndex, String what) {}

    /** A service to list. */
    record NewService(
            @JsonProperty("ID") String id,
            String name,
            List<String> tags,
            String address,
            int port,
            Map<String, String> meta,
            List<NewCheck> checks) {}

    /** A question that the agent asks of a service again and again. */
    record NewCheck(
            @JsonProperty("CheckID") String id,
            String name,
            @JsonProperty("HTTP") String url,
            String interval,
            String timeout,
            @JsonProperty("TLSSkipVerify") boolean anyCertificate,
            @Nullable String deregisterCriticalServiceAfter) {}

    /** A service that was found. */
    record HealthyService(FoundNode node, FoundService service) {}

    /** The machine of a service. */
    record FoundNode(String address) {}

    /** Where a service is; without an address of its own it is that of the machine. */
    record FoundService(@Nullable String address, int port, @Nullable Map<String, String> meta) {}
}

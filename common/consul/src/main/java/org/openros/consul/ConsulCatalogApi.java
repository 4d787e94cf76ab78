// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * The part of Consul's HTTP interface that lists services. Answers come as they are, whatever their status.
 *
 * @see ConsulJson the bodies
 */
interface ConsulCatalogApi {
    @PutExchange("/v1/agent/service/register")
    ResponseEntity<byte[]> register(@RequestBody byte[] service);

    @PutExchange("/v1/agent/service/deregister/{id}")
    ResponseEntity<byte[]> deregister(@PathVariable String id);

    /** 404 if the agent does not know it. */
    @GetExchange("/v1/agent/service/{id}")
    ResponseEntity<byte[]> service(@PathVariable String id);

    /** The instances whose checks all pass, once something is newer than the index or the time is up. */
    @GetExchange("/v1/health/service/{name}?passing")
    ResponseEntity<byte[]> await(@PathVariable String name, @RequestParam long index, @RequestParam String wait);
}

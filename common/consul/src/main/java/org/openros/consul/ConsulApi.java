// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * The part of Consul's HTTP interface that a lock service needs, and that Spring Cloud Consul does not have. Answers
 * come as they are, whatever their status: the status says how the body is to be read.
 *
 * @see ConsulJson the bodies
 */
interface ConsulApi {
    @PutExchange("/v1/session/create")
    ResponseEntity<byte[]> createSession(@RequestBody byte[] session);

    @PutExchange("/v1/session/renew/{session}")
    ResponseEntity<byte[]> renewSession(@PathVariable String session);

    @PutExchange("/v1/session/destroy/{session}")
    ResponseEntity<byte[]> destroySession(@PathVariable String session);

    /** One value, confirmed by the leader; 404 if there is none. */
    @GetExchange("/v1/kv/{key}?consistent")
    ResponseEntity<byte[]> get(@PathVariable String key);

    /** All values whose key begins so, confirmed by the leader; 404 if there is none. */
    @GetExchange("/v1/kv/{prefix}?recurse&consistent")
    ResponseEntity<byte[]> list(@PathVariable String prefix);

    /**
     * All values whose key begins so, confirmed by the leader, once one of them is newer than the index or the time is
     * up. Unconfirmed, a leader that has just been elected may answer with what was there before the last changes.
     */
    @GetExchange("/v1/kv/{prefix}?recurse&consistent")
    ResponseEntity<byte[]> await(@PathVariable String prefix, @RequestParam long index, @RequestParam String wait);

    /** 409 if it was refused. */
    @PutExchange("/v1/txn?consistent")
    ResponseEntity<byte[]> transact(@RequestBody byte[] operations);
}

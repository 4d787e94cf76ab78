// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once why a node cannot be reached, and once that it can again, however often it is dialled. Thread-safe. */
final class DialLog {
    private static final Logger LOG = LoggerFactory.getLogger(DialLog.class);

    private final Map<String, String> failing = new ConcurrentHashMap<>();

    /** Dialling failed. */
    void failed(String node, String why) {
        if (!why.equals(failing.put(node, why))) {
            LOG.warn("the node at {} cannot be reached: {}", node, why);
        }
    }

    /** Dialling succeeded. */
    void reached(String node) {
        if (failing.remove(node) != null) {
            LOG.info("the node at {} is reached again", node);
        }
    }
}

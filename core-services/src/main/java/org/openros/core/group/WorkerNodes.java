// SPDX-License-Identifier: Apache-2.0
package org.openros.core.group;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.GroupView;
import org.openros.cluster.LockService;
import org.openros.cluster.LockServiceException;
import org.openros.cluster.Master;
import org.openros.cluster.group.GroupKeys;
import org.openros.domain.GroupId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds the workers of a group: those that are listed in the lock service, and its master in any case. Thread-safe. */
final class WorkerNodes {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerNodes.class);

    private final @Nullable LockService locks;
    private final @Nullable GroupView view;
    private final JsonMapper json;

    WorkerNodes(@Nullable LockService locks, @Nullable GroupView view, JsonMapper json) {
        this.locks = locks;
        this.view = view;
        this.json = json;
    }

    /** Where the HTTP interfaces of the workers are, by their names. */
    Map<String, URI> of(GroupId group) {
        Map<String, URI> nodes = new TreeMap<>(listed(new GroupKeys(group)));
        Master master = view == null ? null : view.master(group);
        if (master != null) {
            nodes.putIfAbsent(master.node(), master.api());
        }
        return nodes;
    }

    /** Those of a group but for its master. */
    List<URI> besides(Master master) {
        Map<String, URI> others = listed(new GroupKeys(master.group()));
        others.remove(master.node());
        return List.copyOf(others.values());
    }

    private Map<String, URI> listed(GroupKeys keys) {
        Map<String, URI> nodes = new TreeMap<>();
        if (locks == null) {
            return nodes;
        }
        try {
            for (LockService.Value value : locks.list(keys.nodes())) {
                JsonNode presence = json.readTree(new String(value.content(), StandardCharsets.UTF_8));
                nodes.put(value.key().substring(keys.nodes().length()), URI.create(presence.path("api").asString("")));
            }
        } catch (LockServiceException | JacksonException | IllegalArgumentException e) {
            LOG.debug("the nodes of {} cannot be listed", keys.group(), e);
        }
        return nodes;
    }
}

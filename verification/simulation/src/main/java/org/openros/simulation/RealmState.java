// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openros.domain.log.LogEntry;

/** All realms of a node as a log makes them: the state is derived from the log and from nothing else. */
final class RealmState {
    /**
     * A version in the history of a realm.
     *
     * @param seq log entry that made it
     */
    record Version(long seq, Change change) {}

    private static final class Realm {
        private final List<Version> versions = new ArrayList<>();
        private final Map<String, Long> integrated = new HashMap<>();
    }

    private final TreeMap<String, Realm> realms = new TreeMap<>();

    static RealmState of(List<LogEntry> log) {
        RealmState state = new RealmState();
        log.forEach(state::add);
        return state;
    }

    void add(LogEntry entry) {
        Change change = Change.of(entry.payload());
        if (change != null) {
            Realm realm = realm(change.realm());
            realm.versions.add(new Version(entry.position().seq(), change));
            realm.integrated.merge(change.client(), change.number(), Math::max);
        }
    }

    private Realm realm(String path) {
        return realms.computeIfAbsent(path, unseen -> new Realm());
    }

    /** Versions behind a version, in order. Versions are dense from 1. */
    List<Version> behind(String realm, long version) {
        List<Version> versions = realm(realm).versions;
        return versions.subList((int) Math.min(version, versions.size()), versions.size());
    }

    long last(String realm) {
        return realm(realm).versions.size();
    }

    /** Salt of a version; null if there is no such version. */
    @Nullable Long salt(String realm, long version) {
        List<Version> versions = realm(realm).versions;
        return version > versions.size() ? null : versions.get((int) version - 1).change().salt();
    }

    /** Last change of a client that is in the realm; 0 if there is none. */
    long integrated(String realm, String client) {
        return realm(realm).integrated.getOrDefault(client, 0L);
    }

    List<String> realms() {
        return List.copyOf(realms.keySet());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One line of a history. A history is about one group, and its lines stand in the order in which its recorder saw them:
 * what a client sent is written before it is sent, what a client received after it came.
 *
 * <p>Changes of a client have numbers that the client gives, rising by realm; an acknowledgement of a change is one of
 * all changes of that client and realm before it. Names of clients are unique: a client that starts over with an empty
 * file is another client.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Entry.Sent.class, name = "sent"),
    @JsonSubTypes.Type(value = Entry.Acked.class, name = "acked"),
    @JsonSubTypes.Type(value = Entry.Downloaded.class, name = "downloaded"),
    @JsonSubTypes.Type(value = Entry.Reset.class, name = "reset"),
    @JsonSubTypes.Type(value = Entry.Closed.class, name = "closed"),
    @JsonSubTypes.Type(value = Entry.NodeState.class, name = "node"),
    @JsonSubTypes.Type(value = Entry.FaultBegan.class, name = "fault"),
    @JsonSubTypes.Type(value = Entry.FaultEnded.class, name = "healed"),
    @JsonSubTypes.Type(value = Entry.FinalVersion.class, name = "final-version"),
    @JsonSubTypes.Type(value = Entry.FinalContent.class, name = "final-content"),
    @JsonSubTypes.Type(value = Entry.FinalState.class, name = "final-state")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Entry {
    /** When: nanoseconds since the begin of the history, on one monotonic clock. */
    long at();

    /**
     * A client sends a change for the first time. The same change sent again, on another connection, is no line.
     *
     * @param at nanoseconds since the begin
     * @param client name of the client
     * @param realm path of the realm
     * @param change number of the change, by client and realm, rising
     * @param operation what the change does
     */
    record Sent(long at, String client, String realm, long change, Operation operation) implements Entry {}

    /**
     * A client was told that its change, and all before it, are kept.
     *
     * @param at nanoseconds since the begin
     * @param client name of the client
     * @param realm path of the realm
     * @param change number of the last change that is covered
     * @param version server version that it was integrated as, null if the client cannot tell
     * @param epoch epoch of the master that said so, null if not known
     * @param node master that said so, null if not known
     */
    record Acked(long at, String client, String realm, long change, @Nullable Long version, @Nullable Long epoch,
            @Nullable String node) implements Entry {}

    /**
     * A client received a server version that it did not have.
     *
     * @param at nanoseconds since the begin
     * @param client name of the client
     * @param realm path of the realm
     * @param version server version
     * @param salt salt of the version
     * @param content hash of the changeset as received: the first eight bytes of its SHA-256
     */
    record Downloaded(long at, String client, String realm, long version, long salt, long content) implements Entry {}

    /**
     * A client was sent an error that makes it discard its file.
     *
     * @param at nanoseconds since the begin
     * @param client name of the client
     * @param realm path of the realm
     * @param reason error as received
     */
    record Reset(long at, String client, String realm, String reason) implements Entry {}

    /**
     * A session or connection of a client ended, and the client tries again.
     *
     * @param at nanoseconds since the begin
     * @param client name of the client
     * @param realm path of the realm
     * @param reason why, as far as known
     */
    record Closed(long at, String client, String realm, String reason) implements Entry {}

    /**
     * What a node says of itself.
     *
     * @param at nanoseconds since the begin
     * @param node name of the node
     * @param role in lower case, as status commands print it; {@code master} is the one that counts for checkers
     * @param epoch epoch of that role
     * @param commit sequence number of the last committed entry
     * @param applied sequence number of the last applied entry
     */
    record NodeState(long at, String node, String role, long epoch, long commit, long applied) implements Entry {
        /** Role of the node that takes changes. */
        public static final String MASTER = "master";
    }

    /**
     * A fault begins.
     *
     * @param at nanoseconds since the begin
     * @param fault number of this fault, unique in the history
     * @param kind what is done, such as {@code kill-master}: figures are told by kind
     * @param target whom it hits
     * @param excuses whether no acknowledgement is owed while it lasts: true for what is more than one node down with a
     *     lock service that works
     */
    record FaultBegan(long at, long fault, String kind, String target, boolean excuses) implements Entry {}

    /**
     * A fault is over.
     *
     * @param at nanoseconds since the begin
     * @param fault number of the fault
     */
    record FaultEnded(long at, long fault) implements Entry {}

    /**
     * A server version in the history of a realm after all is healed and quiet, from its first version to its last one.
     *
     * @param at nanoseconds since the begin
     * @param realm path of the realm
     * @param version server version
     * @param salt salt of the version
     * @param content hash of its changeset, as in {@link Downloaded}
     */
    record FinalVersion(long at, String realm, long version, long salt, long content) implements Entry {}

    /**
     * A part of what somebody has at the end; several lines make a whole. At most {@link #MOST} keys and counters in
     * one.
     *
     * @param at nanoseconds since the begin
     * @param holder who has it
     * @param realm path of the realm
     * @param keys keys of {@link Operation.Insert} that are there
     * @param counters values of counters
     */
    record FinalContent(long at, Holder holder, String realm, List<String> keys, Map<String, Long> counters)
            implements Entry {
        /** Keys and counters in one line. */
        public static final int MOST = 1_000;

        /** Copies its parts. */
        public FinalContent {
            keys = List.copyOf(keys);
            counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
        }
    }

    /**
     * The hash of what somebody has at the end. Nodes are compared with nodes and clients with clients.
     *
     * @param at nanoseconds since the begin
     * @param holder who has it
     * @param realm path of the realm; any fixed name if the hash is one of all realms
     * @param hash hash of the state
     */
    record FinalState(long at, Holder holder, String realm, String hash) implements Entry {}
}

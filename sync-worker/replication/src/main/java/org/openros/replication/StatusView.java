// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.GroupRecord;
import org.openros.cluster.group.Member;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.replication.disk.DiskView;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.frame.Role;
import org.openros.replication.frame.Sight;
import org.openros.replication.membership.Membership;

/** The state as it is shown. */
final class StatusView {
    private StatusView() {}

    static Status of(State state) {
        GroupRecord record = state.duty instanceof Reign reign ? reign.membership.record() : state.record();
        List<Member> members = record == null ? List.of() : new Membership.Settled(record, 0).required();
        boolean paused = state.group != null && state.group.orders().paused();
        return new Status(report(state), master(state), members, required(state), state.commitSeq, state.disk.last(),
                followers(state), List.copyOf(state.alarms.values()), paused, isInStep(state), notServing(state));
    }

    static NodeReport report(State state) {
        DiskView disk = state.disk;
        return new NodeReport(disk.group(), state.settings.node(), disk.store(), state.settings.incarnation(),
                role(state),
                epoch(state), disk.lineage(), disk.promised(), disk.last(), state.commitSeq,
                state.settings.formatLevel());
    }

    private static Role role(State state) {
        return switch (state.duty) {
            case Follow follow -> role(state, follow);
            case Candidacy candidacy -> Role.PROMOTING;
            case Reign reign -> reign.phase.compareTo(Reign.Phase.SERVING) >= 0 ? Role.MASTER : Role.PROMOTING;
            case Leave leave -> Role.LEAVING;
        };
    }

    private static Role role(State state, Follow follow) {
        if (state.refusal != null) {
            return Role.REFUSED;
        }
        if (state.quarantine != null) {
            return Role.QUARANTINED;
        }
        if (state.record() == null) {
            return Role.STARTING;
        }
        if (follow.phase != Follow.Phase.IN_STEP) {
            return Role.JOINING;
        }
        return state.isMember() ? Role.BACKUP : Role.SPARE;
    }

    private static Epoch epoch(State state) {
        return switch (state.duty) {
            case Follow follow -> follow.phase == Follow.Phase.IN_STEP ? follow.epoch() : Epoch.NONE;
            case Candidacy candidacy -> candidacy.proposal.epoch();
            case Reign reign -> reign.epoch;
            case Leave leave -> leave.epoch;
        };
    }

    private static @Nullable NodeId master(State state) {
        if (state.duty instanceof Reign) {
            return state.settings.node();
        }
        return state.lockHolder() == null || state.group == null || state.group.leader() == null
                ? null : state.group.leader().node();
    }

    private static List<NodeId> required(State state) {
        return state.duty instanceof Reign reign ? reign.membership.required().stream().map(Member::node).toList()
                : List.of();
    }

    private static List<Status.FollowerStatus> followers(State state) {
        List<Status.FollowerStatus> list = new ArrayList<>();
        if (state.duty instanceof Reign reign) {
            for (Follower follower : reign.followers.values()) {
                long acked = Math.max(0, follower.acked);
                list.add(new Status.FollowerStatus(follower.member, follower.isInStep(), acked,
                        Math.max(0, reign.durable - acked)));
            }
        }
        return list;
    }

    private static boolean isInStep(State state) {
        return switch (state.duty) {
            case Follow follow -> follow.phase == Follow.Phase.IN_STEP;
            case Reign reign -> reign.phase == Reign.Phase.SERVING;
            case Candidacy candidacy -> false;
            case Leave leave -> false;
        };
    }

    private static @Nullable String notServing(State state) {
        return switch (state.duty) {
            case Follow follow -> notServing(state, follow);
            case Candidacy candidacy -> "asks for the lock";
            case Reign reign -> switch (reign.phase) {
                case PROMISING, OPENING -> "begins its reign";
                case ESTABLISHING -> "waits until what it inherited is on the disks of " + required(state);
                case SERVING -> reign.check == null ? null : "looks whether it is still master: " + reign.check.why();
                case DRAINING -> "is about to step down";
            };
            case Leave leave -> leave.why;
        };
    }

    private static String notServing(State state, Follow follow) {
        NodeId master = master(state);
        String obstacle = Electing.obstacle(state, state.now);
        String joining = Following.obstacle(state, follow);
        if (state.refusal == null && master != null) {
            return "the master is " + master + (joining == null ? "" : "; this node: " + joining);
        }
        return obstacle == null ? "is about to ask for the lock" : obstacle;
    }

    static Sight sight(State state, NodeId node, long now) {
        Timing timing = state.settings.timing();
        return switch (state.duty) {
            case Follow follow -> sight(state, follow, node, now);
            case Reign reign -> {
                Follower follower = reign.followers.get(node);
                boolean heard = follower != null && now - follower.lastHeard < timing.silence().toNanos();
                yield heard ? Sight.ALIVE : Sight.UNKNOWN;
            }
            case Candidacy candidacy -> Sight.UNKNOWN;
            case Leave leave -> Sight.UNKNOWN;
        };
    }

    private static Sight sight(State state, Follow follow, NodeId node, long now) {
        if (follow.suspicion.session == null || !node.equals(master(state))) {
            return Sight.UNKNOWN;
        }
        if (Suspecting.isSilent(follow.suspicion, now, state.settings.timing())) {
            return Sight.SILENT;
        }
        boolean heard = follow.connection != null
                && now - follow.suspicion.lastSign < state.settings.timing().silence().toNanos();
        return heard ? Sight.ALIVE : Sight.UNKNOWN;
    }
}

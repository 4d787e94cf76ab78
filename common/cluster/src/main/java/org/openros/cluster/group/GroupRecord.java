// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster.group;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;

/**
 * Who may be master of a group. Changed by compare-and-set only.
 *
 * @param master promoted last; null before the first promotion
 * @param members whose acknowledgements every commit has; never empty
 * @param formatLevel all members can read logs of this level
 * @param reason of the last change, for people
 */
public record GroupRecord(
        GroupId group,
        Lineage lineage,
        Epoch epoch,
        @Nullable NodeId master,
        Set<Member> members,
        int formatLevel,
        String reason) {
    /**
     * Copies the members.
     *
     * @throws IllegalArgumentException if there is none, or one node stands there twice
     */
    public GroupRecord {
        members = Set.copyOf(members);
        if (members.isEmpty() || members.stream().map(Member::node).distinct().count() < members.size()) {
            throw new IllegalArgumentException("a group has members, each node once: " + members);
        }
    }

    /** After a promotion, which never changes members (rules 2 to 4). */
    public GroupRecord promoted(NodeId node, String why) {
        return new GroupRecord(group, lineage, epoch.next(), node, members, formatLevel, why);
    }

    /** With other members, which never changes the epoch (rule 4). */
    public GroupRecord withMembers(Set<Member> changed, String why) {
        return new GroupRecord(group, lineage, epoch, master, changed, formatLevel, why);
    }

    /** Whether a node with that disk may be promoted (rule 1). */
    public boolean isMember(Member member) {
        return members.contains(member);
    }

    /** The names of the members, in order. */
    public Set<NodeId> nodes() {
        return members.stream().map(Member::node).collect(Collectors.toCollection(TreeSet::new));
    }
}

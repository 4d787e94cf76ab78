// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.membership;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.openros.cluster.group.GroupRecord;
import org.openros.cluster.group.Member;

/**
 * The record as its master knows it, and what becomes of it (group protocol, rules 8 to 10). The members that the lock
 * service may publish are always inside the required set:
 *
 * <pre>
 *               add                propose                Done, newer index
 *   Settled ----------&gt; Widened ------------&gt; Proposed ----------------------&gt; Settled
 *      |  ^                |                    ^    |
 *      |  +----------------+                    |    +-- in doubt: stays, is proposed again or read
 *      |     candidate lost                     |
 *      +----------------------------------------+
 *                    shrink, raise the format
 * </pre>
 */
public sealed interface Membership {
    /** As last known from the lock service. */
    GroupRecord record();

    /** Index of the record there. */
    long index();

    /** The nodes that must have an entry durable before it is committed, in order of names (rule 8). */
    List<Member> required();

    /** No change is under way: required are the members. */
    record Settled(GroupRecord record, long index) implements Membership {
        @Override
        public List<Member> required() {
            return ordered(record.members());
        }

        /**
         * Begins to add a node: from now on it is required, so that everything committed later is on its disk.
         *
         * @param target members of the record that is to be proposed once the candidate has what was committed before
         * @param floor everything committed so far is up to there
         * @param nonce acknowledgements of earlier heartbeats do not count (rule 9)
         */
        public Widened add(Member candidate, Set<Member> target, String why, long floor, long nonce) {
            if (record.members().contains(candidate) || !target.contains(candidate)) {
                throw new IllegalStateException(candidate + " cannot join " + record.members() + " to make " + target);
            }
            return new Widened(record, index, candidate, Set.copyOf(target), why, floor, nonce);
        }

        /**
         * Proposes a record whose members are all members now: required stay all of them until the outcome is known.
         */
        public Proposed propose(GroupRecord proposal) {
            if (!record.members().containsAll(proposal.members())) {
                throw new IllegalStateException("to add a member takes its acknowledgement first: "
                        + proposal.members());
            }
            return new Proposed(record, index, proposal);
        }
    }

    /** A candidate is required, and not proposed yet: it may be dropped again. */
    record Widened(
            GroupRecord record, long index, Member candidate, Set<Member> target, String why, long floor, long nonce)
            implements Membership {
        @Override
        public List<Member> required() {
            return union(record.members(), Set.of(candidate));
        }

        /** Whether the candidate may be proposed, by what it has acknowledged since it is required (rule 9). */
        public boolean isCovered(long acked, long ackedNonce, long commitSeq) {
            return ackedNonce >= nonce && acked >= Math.max(floor, commitSeq);
        }

        /** Proposes the record with the candidate. */
        public Proposed propose() {
            return new Proposed(record, index, record.withMembers(target, why));
        }

        /** Goes back: nobody else has heard of the candidate. */
        public Settled drop() {
            return new Settled(record, index);
        }
    }

    /**
     * A compare-and-set was sent, once or more often, and its outcome is not known: whoever may be a member is
     * required.
     */
    record Proposed(GroupRecord record, long index, GroupRecord proposal) implements Membership {
        @Override
        public List<Member> required() {
            return union(record.members(), proposal.members());
        }

        /**
         * The proposal is the record now.
         *
         * @param newer index at which it was done; has to be above the known one (rule 10)
         */
        public Settled accepted(long newer) {
            if (newer <= index) {
                throw new IllegalStateException("a reply at index " + newer + " is not newer than " + index);
            }
            return new Settled(proposal, newer);
        }
    }

    private static List<Member> union(Set<Member> one, Set<Member> other) {
        Set<Member> both = new HashSet<>(one);
        both.addAll(other);
        return ordered(both);
    }

    /** The members in order of names, and of store ids where a node stands there with two. */
    static List<Member> ordered(Set<Member> members) {
        List<Member> list = new ArrayList<>(members);
        list.sort(Comparator.comparing(Member::node).thenComparing(member -> member.store().value()));
        return List.copyOf(list);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.membership;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openros.cluster.group.GroupRecord;
import org.openros.cluster.group.Member;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MembershipTest {
    private static final Member A = member("a", 1);
    private static final Member B = member("b", 2);
    private static final Member C = member("c", 3);
    private final Membership.Settled settled = new Membership.Settled(record(A, B), 10);

    private static Member member(String node, long store) {
        return new Member(new NodeId(node), new StoreId(new UUID(0, store)));
    }

    private static GroupRecord record(Member... members) {
        return new GroupRecord(GroupId.DEFAULT, Lineage.random(), new Epoch(1), A.node(), Set.of(members), 1, "test");
    }

    private Membership.Widened widened() {
        return settled.add(C, Set.of(A, C), "b was lost", 40, 7);
    }

    @Test
    void membersAreRequired() {
        assertThat(settled.required()).containsExactly(A, B);
    }

    @Test
    void candidateIsRequiredBesideAllMembersBeforeItIsProposed() {
        assertThat(widened().required()).containsExactly(A, B, C);
    }

    @Test
    void oldAndProposedMembersAreRequiredUntilTheOutcomeIsKnown() {
        assertThat(widened().propose().required()).containsExactly(A, B, C);
        assertThat(settled.propose(settled.record().withMembers(Set.of(A), "solo")).required()).containsExactly(A, B);
    }

    @Test
    void acceptedProposalMakesTheSmallerSetRequired() {
        assertThat(widened().propose().accepted(11).required()).containsExactly(A, C);
    }

    @Test
    void droppedCandidateLeavesTheRecordAsItWas() {
        assertThat(widened().drop()).isEqualTo(settled);
    }

    @Test
    void candidateHasToAcknowledgeWhatWasCommittedBeforeItWasRequired() {
        assertThat(widened().isCovered(39, 7, 0)).isFalse();
        assertThat(widened().isCovered(40, 7, 41)).isFalse();
        assertThat(widened().isCovered(40, 7, 40)).isTrue();
    }

    @Test
    void acknowledgementOfAnEarlierHeartbeatDoesNotCountForACandidate() {
        assertThat(widened().isCovered(50, 6, 0)).isFalse();
    }

    @Test
    void replyThatIsNotNewerDoesNotSettleAProposal() {
        assertThatThrownBy(() -> widened().propose().accepted(10)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void memberCannotBeAddedWithoutBeingRequiredFirst() {
        GroupRecord proposal = settled.record().withMembers(Set.of(A, C), "at once");

        assertThatThrownBy(() -> settled.propose(proposal)).isInstanceOf(IllegalStateException.class);
    }
}

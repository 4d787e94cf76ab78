// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.history.Entry;
import org.openros.history.Holder;

import static org.assertj.core.api.Assertions.assertThat;

class CheckersTest {
    private static final List<String> BOTH = List.of("k1", "k2");

    @ParameterizedTest
    @ValueSource(longs = {5, 12})
    void nothingIsWrongWithAGoodRunWhateverBecameOfTheUnknownIncrement(long counter) {
        assertThat(Story.ofAGoodRun().endsWith(BOTH, counter).violations()).isEmpty();
    }

    @Test
    void anAcknowledgedInsertThatOneHolderLacksIsLost() {
        Story story = Story.ofAGoodRun().endsWith(BOTH, 5).holds(Holder.node("w3"), List.of("k1"), 5);

        assertThat(story.broken()).containsExactly(Claim.C1);
        assertThat(story.violations().getFirst().why()).contains("node w3", "k2");
    }

    @Test
    void anAcknowledgementCoversTheChangesBeforeIt() {
        Story story = new Story().inserts("ann", 1, "k1").inserts("ann", 2, "k2").acks("ann", 2, 3, 1, "w1")
                .holds(Holder.client("ann"), List.of("k2"), 0);

        assertThat(story.broken()).containsExactly(Claim.C1);
    }

    @Test
    void anInsertThatWasNotAcknowledgedMayBeLost() {
        assertThat(Story.ofAGoodRun().inserts("bob", 3, "k3").endsWith(BOTH, 5).violations()).isEmpty();
    }

    @Test
    void acknowledgedInsertsNeedSomebodyWhoTellsAtTheEnd() {
        assertThat(new Story().inserts("ann", 1, "k1").acks("ann", 1, 2, 1, "w1").broken()).containsExactly(Claim.C1);
    }

    @Test
    void aVersionHasOneContent() {
        assertThat(Story.ofAGoodRun().downloads("cat", 2, 22, 999).endsWith(BOTH, 5).broken())
                .containsExactly(Claim.C2);
    }

    @Test
    void aVersionHasOneSalt() {
        assertThat(Story.ofAGoodRun().downloads("cat", 2, 99, 222).endsWith(BOTH, 5).broken())
                .containsExactly(Claim.C2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 4, 7, 10, 17})
    void aCounterIsNoOtherSumOfItsIncrements(long counter) {
        assertThat(Story.ofAGoodRun().endsWith(BOTH, counter).broken()).containsExactly(Claim.C3);
    }

    @Test
    void acknowledgedIncrementsNeedSomebodyWhoTellsTheValue() {
        assertThat(new Story().adds("ann", 1, 2).acks("ann", 1, 2, 1, "w1").broken()).containsExactly(Claim.C3);
    }

    @Test
    void twoNodesCannotReignInOneEpoch() {
        assertThat(Story.ofAGoodRun().master("w3", 2).endsWith(BOTH, 5).broken()).containsExactly(Claim.C4);
    }

    @Test
    void onlyTheMasterOfAnEpochAcknowledgesInIt() {
        Story story = Story.ofAGoodRun().adds("ann", 3, 1).acks("ann", 3, 4, 2, "w1").endsWith(BOTH, 6);

        assertThat(story.broken()).containsExactly(Claim.C4);
    }

    @Test
    void nodesThatDifferAtTheEndAreTold() {
        assertThat(Story.ofAGoodRun().endsWith(BOTH, 5).state(Holder.node("w3"), "other").broken())
                .containsExactly(Claim.C5);
    }

    @Test
    void clientsThatDifferAtTheEndAreTold() {
        assertThat(Story.ofAGoodRun().endsWith(BOTH, 5).state(Holder.client("cat"), "other").broken())
                .containsExactly(Claim.C5);
    }

    @Test
    void aDownloadedVersionThatIsGoneIsTold() {
        assertThat(Story.ofAGoodRun().downloads("ann", 5, 55, 555).endsWith(BOTH, 5).broken())
                .containsExactly(Claim.C6);
    }

    @Test
    void anAcknowledgedVersionBeyondTheLastOneIsTold() {
        assertThat(Story.ofAGoodRun().acks("ann", 3, 9, 2, "w2").endsWith(BOTH, 5).broken()).containsExactly(Claim.C6);
    }

    @Test
    void versionsNeverGoBackForAClient() {
        assertThat(Story.ofAGoodRun().downloads("ann", 2, 22, 222).endsWith(BOTH, 5).broken())
                .containsExactly(Claim.C7);
    }

    @Test
    void acknowledgedVersionsNeverGoBackForAClient() {
        assertThat(Story.ofAGoodRun().acks("ann", 3, 2, 2, "w2").endsWith(BOTH, 5).broken()).containsExactly(Claim.C7);
    }

    @Test
    void noClientIsToldToResetUnlessAnOperatorGaveDataUp() {
        Story story = Story.ofAGoodRun().resets("bob").endsWith(BOTH, 5);

        assertThat(story.broken()).containsExactly(Claim.C7);
        assertThat(Checkers.check(story.entries(), new Limits(Duration.ofSeconds(10), true))).isEmpty();
    }

    @Test
    void anUploadThatWaitsTooLongWithOneNodeDownIsTold() {
        Story story = Story.ofAGoodRun().fault(2, "kill-backup", false)
                .adds("ann", 3, 1).after(10_001).acks("ann", 3, 4, 2, "w2").healed(2).endsWith(BOTH, 6);

        assertThat(story.broken()).containsExactly(Claim.C8);
    }

    @Test
    void anUploadThatNobodyEverAcknowledgesIsTold() {
        Story story = Story.ofAGoodRun().acks("bob", 2, 5, 2, "w2").version(5, 55, 555)
                .adds("ann", 3, 1).after(10_001).endsWith(BOTH, 12);

        assertThat(story.broken()).containsExactly(Claim.C8);
    }

    @Test
    void aWaitIsExcusedWhileTheLockServiceIsDownAndCountsAnewWhenItIsBack() {
        Story story = Story.ofAGoodRun().acks("bob", 2, 4, 2, "w2").fault(2, "consul-down", true)
                .adds("ann", 3, 1).after(60_000).healed(2).after(9_000).acks("ann", 3, 4, 2, "w2").endsWith(BOTH, 13);

        assertThat(story.violations()).isEmpty();
    }

    @Test
    void silenceWithoutUploadsIsNoWait() {
        Story story = Story.ofAGoodRun().acks("bob", 2, 4, 2, "w2").after(60_000).adds("ann", 3, 1)
                .acks("ann", 3, 4, 2, "w2");

        assertThat(story.endsWith(BOTH, 13).violations()).isEmpty();
    }

    @Test
    void aBrokenRunIsToldInFewWords() {
        Story story = new Story();
        for (int i = 0; i < 1_000; i++) {
            story.resets("ann");
        }

        List<Violation> violations = story.violations();

        assertThat(violations).hasSize(21);
        assertThat(violations.getLast().why()).contains("980");
    }

    @Test
    void gapsAreToldByFault() {
        Gaps gaps = new Gaps();
        Story.ofAGoodRun().acks("bob", 2, 4, 2, "w2").fault(2, "pause-master", false).after(500).entries()
                .forEach(gaps::read);

        assertThat(gaps.byFault()).hasSize(2);
        assertThat(gaps.byFault().entrySet()).allSatisfy(gap -> {
            Entry.FaultBegan fault = gap.getKey();
            assertThat(gap.getValue().toMillis())
                    .isBetween(fault.fault() == 1 ? 3_000L : 0L, fault.fault() == 1 ? 3_010L : 499L);
        });
        assertThat(gaps.longest().toMillis()).isBetween(3_000L, 3_010L);
    }
}

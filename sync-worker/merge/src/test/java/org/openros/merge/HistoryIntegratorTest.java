// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetEncoder;
import org.openros.changeset.ChangesetParser;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.PathElement;
import org.openros.changeset.Value;
import org.openros.domain.FileIdent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which entries an upload is merged with, in which form, and what is recorded. */
class HistoryIntegratorTest {
    private static final FileIdent ALICE = new FileIdent(2);
    private static final FileIdent BOB = new FileIdent(3);
    private static final ByteString TABLE = ByteString.of("T");
    private static final ByteString FIELD = ByteString.of("f");

    private final MemoryHistory history = new MemoryHistory();

    @Test
    void nextChangesetOfTheSameClientMeetsTheReciprocalForm() {
        upload(ALICE, 1, 0, insert(0, 3));
        upload(BOB, 1, 0, erase(2, 3));
        assertThat(contentOf(2)).containsExactly(erase(3, 4));
        assertThat(reciprocal(BOB, 1)).containsExactly(insert(0, 2));

        upload(BOB, 2, 0, insert(2, 2));
        assertThat(contentOf(3)).containsExactly(insert(3, 3));
        assertThat(reciprocal(BOB, 1)).containsExactly(insert(0, 3));
    }

    @Test
    void changesetsOfOneUploadWithDifferentBasesHaveDifferentWindows() {
        upload(ALICE, 1, 0, insert(0, 3));
        upload(ALICE, 2, 0, insert(0, 4));
        List<UploadedChangeset> changesets =
                List.of(uploaded(1, 0, insert(3, 3)), uploaded(2, 1, insert(0, 5)), uploaded(3, 2, insert(0, 7)));
        integrate(new Upload(BOB, changesets, 3, 0, 0));

        assertThat(contentOf(3)).containsExactly(insert(5, 5));
        assertThat(contentOf(4)).containsExactly(insert(1, 6));
        assertThat(contentOf(5)).containsExactly(insert(0, 7));
        assertThat(reciprocal(BOB, 1)).containsExactly(insert(0, 4));
        assertThat(reciprocal(BOB, 2)).containsExactly(insert(0, 6));
    }

    @Test
    void uploadWithoutChangesetsReportsProgressAndTrims() {
        upload(ALICE, 1, 0, insert(0, 3));
        upload(ALICE, 2, 0, insert(0, 4));
        upload(BOB, 1, 0, insert(3, 3));
        Integration integration = history.plan(new Upload(BOB, List.of(), 5, 1, 1));

        assertThat(integration.entries()).isEmpty();
        assertThat(integration.trimThrough()).isEqualTo(1);
        assertThat(integration.progress()).isEqualTo(new ClientProgress(5, 1, 1));
    }

    @Test
    void reciprocalBaseStaysWhenTheClientVersionDoesNotGrow() {
        upload(ALICE, 1, 0, insert(0, 3));
        upload(BOB, 1, 0, insert(3, 3));
        Integration integration = history.plan(new Upload(BOB, List.of(), 1, 1, 1));

        assertThat(integration.progress()).isEqualTo(new ClientProgress(1, 0, 1));
        assertThat(integration.trimThrough()).isZero();
    }

    @Test
    void formsThatProgressMakesUselessAreNotStored() {
        upload(ALICE, 1, 0, insert(0, 3));
        Integration integration =
                history.plan(new Upload(BOB, List.of(uploaded(1, 0, insert(3, 3))), 2, 1, 1));
        assertThat(integration.reciprocals()).isEmpty();
    }

    @Test
    void emptyEntriesBelongToNoWindow() {
        upload(ALICE, 1, 0, insert(0, 3));
        history.write(5, new byte[0]);
        Integration integration = history.plan(new Upload(BOB, List.of(uploaded(1, 0, insert(0, 3))), 1, 0, 0));
        assertThat(integration.pairSteps()).isEqualTo(1);
    }

    @Test
    void changesThatLoseEverythingLeaveAnEmptyEntry() {
        upload(ALICE, 1, 0, new Instruction.EraseObject(TABLE, new ObjectKey.Int(1)));
        upload(BOB, 7, 0, insert(0, 3));
        assertThat(history.entry(2))
                .returns(true, MainEntry::isEmpty)
                .returns(3L, MainEntry::origin)
                .returns(7L, MainEntry::clientVersion);
    }

    @Test
    void keysWithoutOwnerBecomeTheUploaders() {
        upload(BOB, 1, 0, new Instruction.CreateObject(TABLE, new ObjectKey.Global(0, 9)));
        assertThat(contentOf(1))
                .containsExactly(new Instruction.CreateObject(TABLE, new ObjectKey.Global(BOB.value(), 9)));
    }

    @Test
    void serverChangesMeetUploadsAsFileOne() {
        history.write(100, ChangesetEncoder.encode(changeset(update(1))));
        upload(BOB, 1, 0, update(2));
        assertThat(contentOf(2)).as("same timestamp, larger file identifier").containsExactly(update(2));
        assertThat(reciprocal(BOB, 1)).isEmpty();
    }

    @Test
    void repetitionsAreCutOffByTheirVersion() {
        List<UploadedChangeset> changesets =
                IntStream.rangeClosed(1, 4).mapToObj(i -> uploaded(i, 0, update(i))).toList();
        Upload rest = new Upload(BOB, changesets, 4, 0, 0).withoutRepetitions(2);
        assertThat(rest.changesets()).isEqualTo(changesets.subList(2, 4));
    }

    @Test
    void refusedUploadIsNamedByItsContradiction() {
        upload(ALICE, 1, 0, insert(0, 3));
        Upload bad = new Upload(BOB, List.of(uploaded(1, 0, insert(0, 4))), 1, 0, 0);
        assertThatThrownBy(() -> history.plan(bad))
                .isInstanceOfSatisfying(MergeException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(MergeException.Code.PRIOR_SIZE));
    }

    private void upload(FileIdent client, long clientVersion, long base, Instruction instruction) {
        integrate(new Upload(client, List.of(uploaded(clientVersion, base, instruction)), clientVersion, 0, 0));
    }

    private void integrate(Upload upload) {
        history.commit(upload.client(), history.plan(upload));
        HistoryInvariants.check(history);
    }

    private static UploadedChangeset uploaded(long clientVersion, long base, Instruction instruction) {
        return new UploadedChangeset(clientVersion, base, 100, changeset(instruction));
    }

    private static Changeset changeset(Instruction instruction) {
        return ChangesetParser.parse(ChangesetEncoder.encode(new Changeset(List.of(), List.of(instruction))));
    }

    private List<Instruction> contentOf(long version) {
        return ChangesetParser.parse(history.entry(version).changeset()).instructions();
    }

    private List<Instruction> reciprocal(FileIdent client, long version) {
        assertThat(history.formsOf(client)).containsKey(version);
        return ChangesetParser.parse(Objects.requireNonNull(history.formsOf(client).get(version)))
                .instructions();
    }

    private static Instruction insert(int index, long size) {
        return new Instruction.ArrayInsert(TABLE, new ObjectKey.Int(1), FIELD, at(index), new Value.Int(7), size);
    }

    private static Instruction erase(int index, long size) {
        return new Instruction.ArrayErase(TABLE, new ObjectKey.Int(1), FIELD, at(index), size);
    }

    private static List<PathElement> at(int index) {
        return List.of(new PathElement.Index(index));
    }

    private static Instruction update(long value) {
        return new Instruction.Update(
                TABLE, new ObjectKey.Int(1), FIELD, List.of(), new Value.Int(value), 0, false);
    }
}

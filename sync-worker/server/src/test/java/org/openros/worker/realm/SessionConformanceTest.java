// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openros.changeset.ByteString;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction.AddColumn;
import org.openros.changeset.Instruction.Clear;
import org.openros.changeset.Instruction.SetErase;
import org.openros.changeset.Instruction.SetInsert;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.DownloadEntry;
import org.openros.protocol.DownloadProgress;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.UploadEntry;
import org.openros.protocol.UploadProgress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.worker.realm.RawClient.entry;
import static org.openros.worker.realm.RealmFixture.ITEM;
import static org.openros.worker.realm.RealmFixture.create;
import static org.openros.worker.realm.RealmFixture.name;
import static org.openros.worker.realm.RealmFixture.schema;

/**
 * The conformance checklist of the sync protocol, from the session's point of view (sync protocol, appendix B, 4 to
 * 12).
 */
final class SessionConformanceTest {
    private final RealmFixture fixture = new RealmFixture();

    @AfterEach
    void nothingFailedUnexpectedly() {
        fixture.close();
        assertThat(fixture.events.failures).isEmpty();
    }

    private RawClient client(String connection) {
        return fixture.client(connection);
    }

    /** A client that has uploaded the schema and one object as client versions 2 and 3. */
    private RawClient writer() {
        RawClient writer = client("writer");
        writer.join();
        writer.upload(new UploadProgress(3, 0, 0), entry(2, 0, schema()), entry(3, 0, create(1), name(1, "one")));
        return writer.awaitAcknowledged(3);
    }

    // --- first download, MARK, acknowledgement ---------------------------------------------------------------------

    @Test
    void newFileGetsAnIdentAndAnEmptyDownloadAtOnce() {
        RawClient client = client("c");
        ServerMessage.Ident file = client.bind(true).await(ServerMessage.Ident.class);
        assertThat(file.fileIdent()).isEqualTo(2);
        assertThat(file.salt()).isPositive();

        client.ident(file);
        ServerMessage.Download first = client.await(ServerMessage.Download.class);
        assertThat(first.progress()).isEqualTo(DownloadProgress.ZERO);
        assertThat(client.entries()).isEmpty();
    }

    @Test
    void fileIdentsAreNeverGivenTwice() {
        long first = client("a").bind(true).await(ServerMessage.Ident.class).fileIdent();
        fixture.restart();
        long second = client("b").bind(true).await(ServerMessage.Ident.class).fileIdent();
        assertThat(second).isEqualTo(first + 1);
    }

    @Test
    void markIsAnsweredAfterTheDownloads() {
        writer();
        RawClient reader = client("reader");
        ServerMessage.Ident file = reader.bind(true).await(ServerMessage.Ident.class);
        reader.ident(file).catchUp(1);

        List<ServerMessage> received = reader.received();
        assertThat(received.getLast()).isEqualTo(new ServerMessage.Mark(RawClient.SESSION, 1));
        assertThat(reader.entries()).hasSize(2);
    }

    @Test
    void onlyTheNewestOfSeveralMarksNeedsAnAnswer() {
        RawClient client = client("c");
        client.join();
        client.setReady(false);
        client.mark(4).mark(5);
        client.setReady(true);
        client.catchUp(5);
        assertThat(client.received(ServerMessage.Mark.class).getLast().requestIdent()).isEqualTo(5);
    }

    @Test
    void uploadIsAcknowledgedByAnEmptyDownload() {
        RawClient writer = writer();
        ServerMessage.Download acknowledgement = writer.await(ServerMessage.Download.class, 2).getLast();
        assertThat(acknowledgement.body().wireSize()).isZero();
        assertThat(acknowledgement.progress().downloadServerVersion()).isEqualTo(2);
        assertThat(acknowledgement.progress().downloadClientVersion()).isEqualTo(3);
        assertThat(acknowledgement.progress().uploadClientVersion()).isEqualTo(3);
    }

    @Test
    void uploadWithoutChangesetsIsNotAnswered() {
        RawClient writer = writer();
        int before = writer.received().size();
        writer.upload(new UploadProgress(4, 2, 2)).mark(1).catchUp(1);
        assertThat(writer.received()).hasSize(before + 1);
    }

    @Test
    void othersGetTheChangeWithItsOriginAndTimestamp() {
        RawClient reader = client("reader");
        reader.join();
        writer();
        Awaitility.await().until(() -> reader.entries().size() == 2);
        DownloadEntry second = reader.entries().get(1);
        assertThat(second.originFileIdent()).isEqualTo(3);
        assertThat(second.originTimestamp()).isEqualTo(1003);
        assertThat(second.serverVersion()).isEqualTo(2);
        assertThat(reader.instructions()).contains(name(1, "one"));
    }

    @Test
    void identicalSchemaBecomesAnEmptyEntryThatIsNotSent() {
        RawClient writer = writer();
        RawClient other = client("other");
        other.join();
        other.upload(new UploadProgress(2, 0, 0), entry(2, 0, schema())).awaitAcknowledged(2);
        writer.catchUp(1);
        ServerMessage.Download last = writer.received(ServerMessage.Download.class).getLast();
        assertThat(last.progress().latestServerVersion()).isEqualTo(3);
        assertThat(writer.entries()).isEmpty();
    }

    // --- checks of IDENT and UPLOAD --------------------------------------------------------------------------------

    /** Fields: file ident (0: the right one), salt difference, server, client, latest, latest salt difference, code. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 2, 3, 9, 0, 209",
        "99, 0, 2, 3, 2, 0, 208",
        "1, 0, 2, 3, 2, 0, 208",
        "0, 1, 2, 3, 2, 0, 211",
        "0, 0, 2, 9, 2, 0, 210",
        "0, 0, 2, 3, 1, 0, 209",
        "0, 0, 2, 3, 2, 1, 211"
    })
    void identThatDoesNotFitTheHistoryResetsTheClient(
            long ident, long saltOff, long server, long clientVersion, long latest, long latestSaltOff, int code) {
        RawClient writer = client("writer");
        ServerMessage.Ident file = writer.join();
        writer.upload(new UploadProgress(3, 0, 0), entry(2, 0, schema()), entry(3, 0, create(1)))
                .awaitAcknowledged(3);
        long salt = writer.received(ServerMessage.Download.class).getLast().progress().latestServerVersionSalt();
        writer.unbind().awaitEnd();

        RawClient again = client("again").bind(false);
        again.ident(
                ident == 0 ? file.fileIdent() : ident,
                file.salt() + saltOff,
                server,
                clientVersion,
                latest,
                salt + latestSaltOff);
        ServerMessage.JsonError error = again.await(ServerMessage.JsonError.class);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.body().action().toString()).containsIgnoringCase("reset");
    }

    /** Fields: progress client, progress server, locked, entry client, entry server, code. */
    @ParameterizedTest
    @CsvSource({
        "2, 0, 0, 0, 0, 210",
        "4, 9, 0, 0, 0, 209",
        "4, 0, 9, 0, 0, 209",
        "4, 0, 0, 5, 0, 210",
        "4, 0, 0, 4, 1, 209"
    })
    void uploadWhoseNumbersContradictIsRefused(
            long client, long server, long locked, long entryClient, long entryServer, int code) {
        RawClient writer = writer();
        UploadProgress progress = new UploadProgress(client, server, locked);
        if (entryClient == 0) {
            writer.upload(progress);
        } else {
            writer.upload(progress, entry(entryClient, entryServer, create(2)));
        }
        assertThat(writer.await(ServerMessage.JsonError.class).code()).isEqualTo(code);
    }

    @Test
    void uploadInTheNameOfAnotherFileIsRefused() {
        RawClient writer = writer();
        writer.upload(new UploadProgress(4, 0, 0), new UploadEntry(4, 0, 1, 9, new byte[0]));
        assertThat(writer.await(ServerMessage.JsonError.class).code()).isEqualTo(216);
    }

    @Test
    void poisonIsRefusedAndLeavesNoTrace() {
        RawClient writer = writer();
        RawClient reader = client("reader");
        reader.join();
        writer.upload(
                new UploadProgress(6, 0, 0),
                entry(4, 0, name(1, "good")),
                entry(5, 0, name(77, "no such object")),
                entry(6, 0, name(1, "later")));
        assertThat(writer.await(ServerMessage.JsonError.class).code()).isEqualTo(212);

        RawClient other = client("other");
        other.join();
        other.upload(new UploadProgress(2, 2, 2), entry(2, 2, create(2))).awaitAcknowledged(2);
        reader.catchUp(1);
        assertThat(reader.entries()).extracting(DownloadEntry::serverVersion).containsExactly(1L, 2L, 3L);
        assertThat(reader.instructions()).contains(create(2)).doesNotContain(name(1, "good"), name(1, "later"));
    }

    @Test
    void erasureOfNullReachesOthersInAFormThatTheyCanApply() {
        ByteString tags = ByteString.of("tags");
        ObjectKey one = new ObjectKey.Int(1);
        Value red = new Value.Str(ByteString.of("red"));
        RawClient writer = writer();
        writer.upload(
                        new UploadProgress(5, 0, 0),
                        entry(
                                4,
                                0,
                                new AddColumn(ITEM, tags, TypeCode.STRING, true, CollectionType.SET, null, null),
                                new SetInsert(ITEM, one, tags, List.of(), red),
                                new SetInsert(ITEM, one, tags, List.of(), Value.Marker.NULL)),
                        entry(5, 0, new SetErase(ITEM, one, tags, List.of(), Value.Marker.NULL, null)))
                .awaitAcknowledged(5);
        RawClient reader = client("reader");
        reader.join();
        reader.catchUp(1);
        assertThat(reader.instructions())
                .endsWith(
                        new Clear(ITEM, one, tags, List.of(), CollectionType.SET),
                        new SetInsert(ITEM, one, tags, List.of(), red));
    }

    @Test
    void bytesThatAreNoChangesetAreRefused() {
        RawClient writer = writer();
        writer.upload(new UploadProgress(4, 0, 0), new UploadEntry(4, 0, 1, 0, new byte[] {14}));
        assertThat(writer.await(ServerMessage.JsonError.class).code()).isEqualTo(212);
    }

    private void uploadClasses() {
        RawClient writer = client("writer");
        writer.join();
        writer.upload(new UploadProgress(2, 0, 0), entry(2, 0, schema())).awaitAcknowledged(2);
    }

    private RawClient reader(String connection) {
        RawClient reader = RawClient.open(fixture.realms, RealmFixture.PATH, new SessionTerms(14, connection, false));
        reader.join();
        return reader;
    }

    @Test
    void readerThatChangesObjectsIsToldSoAndNothingOfItStays() {
        uploadClasses();
        RawClient reader = reader("r");
        reader.upload(new UploadProgress(3, 0, 0), entry(2, 0, schema()), entry(3, 0, create(1)));
        assertThat(reader.await(ServerMessage.JsonError.class)).satisfies(error -> {
            assertThat(error.code()).isEqualTo(230);
            assertThat(error.body().action()).isEqualTo("ClientReset");
            assertThat(error.body().tryAgain()).isFalse();
        });
        RawClient other = reader("other");
        other.catchUp(1);
        assertThat(other.instructions()).doesNotContain(create(1));
    }

    @Test
    void classesThatTheRealmHasAreNoOffenceOfAReader() {
        uploadClasses();
        RawClient reader = reader("r");
        reader.upload(new UploadProgress(2, 0, 0), entry(2, 0, schema())).awaitAcknowledged(2);
        reader.catchUp(1);
        assertThat(reader.end()).isNull();
    }

    @Test
    void classesOfAReaderThatTheRealmDoesNotHaveWaitUntilItMayWrite() {
        RawClient reader = RawClient.open(fixture.realms, RealmFixture.PATH, new SessionTerms(14, "r", false));
        ServerMessage.Ident file = reader.join();
        reader.upload(new UploadProgress(2, 0, 0), entry(2, 0, schema()));
        reader.upload(new UploadProgress(2, 0, 0)).catchUp(1);
        assertThat(reader.acknowledged()).isZero();
        RawClient other = reader("other");
        other.catchUp(1);
        assertThat(other.instructions()).isEmpty();
        reader.disconnect();

        RawClient promoted = client("r2").bind(false).ident(file);
        promoted.await(ServerMessage.Download.class);
        promoted.upload(new UploadProgress(3, 0, 0), entry(2, 0, schema()), entry(3, 0, create(1)))
                .awaitAcknowledged(3);
    }

    @Test
    void readerWithoutRightToWriteMayReportProgress() {
        RawClient reader = RawClient.open(fixture.realms, RealmFixture.PATH, new SessionTerms(14, "r", false));
        reader.join();
        reader.upload(new UploadProgress(2, 0, 0)).catchUp(1);
        assertThat(reader.end()).isNull();
    }

    // --- repetitions and take-over ---------------------------------------------------------------------------------

    @Test
    void repeatedUploadIsIntegratedOnce() {
        RawClient writer = client("writer");
        ServerMessage.Ident file = writer.join();
        UploadEntry first = entry(2, 0, schema());
        UploadEntry second = entry(3, 0, create(1));
        writer.upload(new UploadProgress(3, 0, 0), first, second);
        writer.disconnect();

        RawClient again = client("again").bind(false).ident(file);
        again.await(ServerMessage.Download.class);
        again.upload(new UploadProgress(4, 0, 0), first, second, entry(4, 0, create(2)))
                .awaitAcknowledged(4);
        assertThat(again.received(ServerMessage.Download.class).getLast().progress().latestServerVersion())
                .isEqualTo(3);
    }

    @Test
    void newerConnectionTakesTheFileOver() {
        RawClient old = client("old");
        ServerMessage.Ident file = old.join();
        RawClient young = client("young").bind(false).ident(file);
        young.await(ServerMessage.Download.class);
        assertThat(old.awaitEnd()).isEqualTo("unavailable");
        young.upload(new UploadProgress(2, 0, 0), entry(2, 0, schema())).awaitAcknowledged(2);
    }

    @Test
    void fileBoundTwiceOnOneConnectionEndsTheConnection() {
        RawClient one = client("same");
        ServerMessage.Ident file = one.join();
        RawClient two = client("same").bind(false).ident(file);
        Awaitility.await().until(() -> {
            fixture.realms.sweep();
            return two.end() != null;
        });
        assertThat(two.end()).isEqualTo("violation 108");
    }

    @Test
    void identWaitsForTheUnbindThatWasSentBeforeIt() {
        RawClient one = client("same");
        ServerMessage.Ident file = one.join();
        RawClient two = client("same").bind(false).ident(file);
        one.unbind();
        assertThat(one.awaitEnd()).isEqualTo("finished");
        Awaitility.await().until(() -> {
            fixture.realms.sweep();
            return !two.received(ServerMessage.Download.class).isEmpty();
        });
    }

    // --- endings ---------------------------------------------------------------------------------------------------

    @Test
    void unbindIsAnsweredByUnbound() {
        RawClient client = client("c");
        client.join();
        client.unbind();
        assertThat(client.awaitEnd()).isEqualTo("finished");
        assertThat(client.received().getLast()).isEqualTo(new ServerMessage.Unbound(RawClient.SESSION));
    }

    @Test
    void unbindBeforeIdentIsLegal() {
        RawClient client = client("c").bind(false).unbind();
        assertThat(client.awaitEnd()).isEqualTo("finished");
        assertThat(client.received()).containsExactly(new ServerMessage.Unbound(RawClient.SESSION));
    }

    @Test
    void afterAnErrorEverythingIsIgnoredAndUnbindIsNotAnswered() {
        RawClient writer = writer();
        writer.upload(new UploadProgress(4, 0, 0), entry(4, 0, name(77, "poison")));
        writer.await(ServerMessage.JsonError.class);
        int before = writer.received().size();
        writer.upload(new UploadProgress(5, 0, 0), entry(5, 0, create(5))).mark(9).unbind();
        assertThat(writer.awaitEnd()).isEqualTo("finished");
        assertThat(writer.received()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({"upload", "mark"})
    void messageBeforeIdentBreaksTheOrder(String type) {
        RawClient client = client("c").bind(false);
        client.send(type.equals("mark")
                ? new ClientMessage.Mark(RawClient.SESSION, 1)
                : new ClientMessage.Upload(
                        RawClient.SESSION, new UploadProgress(0, 0, 0), UploadEntry.encode(List.of())));
        assertThat(client.awaitEnd()).isEqualTo("violation 109");
    }

    @Test
    void secondIdentBreaksTheOrder() {
        RawClient client = client("c");
        ServerMessage.Ident file = client.join();
        client.ident(file);
        assertThat(client.awaitEnd()).isEqualTo("violation 109");
    }

    @Test
    void clientThatCannotIntegrateIsToldToReset() {
        RawClient client = client("c");
        client.join();
        client.send(new ClientMessage.ClientError(RawClient.SESSION, 212, "cannot"));
        ServerMessage.JsonError error = client.await(ServerMessage.JsonError.class);
        assertThat(error.code()).isEqualTo(212);
    }

    // --- client reset ----------------------------------------------------------------------------------------------

    @Test
    void clientResetEndToEnd() {
        writer();
        RawClient fresh = client("reset");
        ServerMessage.Ident file = fresh.bind(true).await(ServerMessage.Ident.class);
        fresh.ident(file).catchUp(1);
        DownloadProgress reached = fresh.received(ServerMessage.Download.class).getLast().progress();
        fresh.unbind();
        assertThat(fresh.awaitEnd()).isEqualTo("finished");

        RawClient recovered = client("reset").bind(false);
        long version = reached.latestServerVersion();
        recovered.ident(file.fileIdent(), file.salt(), version, 0, version, reached.latestServerVersionSalt());
        recovered.catchUp(2);
        assertThat(recovered.entries()).isEmpty();
        recovered.upload(new UploadProgress(4711, version, version), entry(4711, version, create(42)))
                .awaitAcknowledged(4711);
    }

    // --- back-pressure and batches ---------------------------------------------------------------------------------

    @Test
    void slowReaderIsNotSentMoreThanItTakes() {
        RawClient reader = client("reader");
        reader.join();
        reader.setReady(false);
        RawClient writer = writer();
        writer.upload(new UploadProgress(4, 2, 2), entry(4, 2, create(4))).awaitAcknowledged(4);
        assertThat(reader.received(ServerMessage.Download.class)).hasSize(1);

        reader.setReady(true);
        reader.catchUp(1);
        assertThat(reader.entries()).hasSize(3);
    }

    @Test
    void longHistoryComesInSeveralDownloads() {
        try (RealmFixture small = new RealmFixture(64)) {
            RawClient writer = small.client("writer");
            writer.join();
            writer.upload(new UploadProgress(2, 0, 0), entry(2, 0, schema()));
            for (long version = 3; version < 30; version++) {
                writer.upload(new UploadProgress(version, 0, 0), entry(version, 0, create(version)));
            }
            writer.awaitAcknowledged(29);

            RawClient reader = small.client("reader");
            ServerMessage.Ident file = reader.bind(true).await(ServerMessage.Ident.class);
            reader.ident(file).catchUp(1);
            List<ServerMessage.Download> downloads = reader.received(ServerMessage.Download.class);
            assertThat(downloads.size()).isGreaterThan(5);
            assertThat(downloads.getFirst().downloadableBytes()).isPositive();
            assertThat(downloads.getLast().downloadableBytes()).isZero();
            assertThat(reader.entries()).hasSize(28);
        }
    }

    // --- failures --------------------------------------------------------------------------------------------------

    @Test
    void fullDiskAcknowledgesNothingAndRecovers() {
        RawClient writer = client("writer");
        ServerMessage.Ident file = writer.join();
        fixture.storage.setFull(true);
        UploadEntry first = entry(2, 0, schema());
        writer.upload(new UploadProgress(2, 0, 0), first);
        assertThat(writer.awaitEnd()).isEqualTo("unavailable");
        assertThat(writer.acknowledged()).isZero();

        fixture.storage.setFull(false);
        RawClient again = client("again").bind(false).ident(file);
        again.await(ServerMessage.Download.class);
        again.upload(new UploadProgress(2, 0, 0), first).awaitAcknowledged(2);
    }

    @Test
    void restartContinuesWhereItWas() {
        RawClient writer = client("writer");
        ServerMessage.Ident file = writer.join();
        writer.upload(new UploadProgress(3, 0, 0), entry(2, 0, schema()), entry(3, 0, create(1)))
                .awaitAcknowledged(3);
        DownloadProgress reached = writer.received(ServerMessage.Download.class).getLast().progress();
        fixture.restart();

        RawClient again = client("again").bind(false);
        again.ident(
                file.fileIdent(),
                file.salt(),
                reached.downloadServerVersion(),
                reached.downloadClientVersion(),
                reached.latestServerVersion(),
                reached.latestServerVersionSalt());
        again.upload(new UploadProgress(4, 2, 2), entry(4, 2, name(1, "again"))).awaitAcknowledged(4);
        assertThat(again.received(ServerMessage.JsonError.class)).isEmpty();
    }

    @Test
    void idleRealmGivesItsMemoryBack() {
        RawClient writer = writer();
        writer.unbind().awaitEnd();
        Awaitility.await().until(() -> {
            fixture.realms.sweep();
            return fixture.realms.size() == 0;
        });
    }
}

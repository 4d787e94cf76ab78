// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.UploadProgress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.worker.realm.RawClient.entry;
import static org.openros.worker.realm.RealmFixture.create;
import static org.openros.worker.realm.RealmFixture.name;
import static org.openros.worker.realm.RealmFixture.schema;

/** What clients hear of a worker that is no longer master, is about to be none, or cannot be certain (rule 15). */
final class EndOfReignTest {
    private static final long NEVER_ALLOCATED = 77;

    private final RealmFixture fixture = new RealmFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** A client that knows of a file that this worker has never heard of. */
    private RawClient strange() {
        return fixture.client("strange").bind(false).ident(NEVER_ALLOCATED, 1, 0, 0, 0, 0);
    }

    @Test
    void resettingErrorWaitsUntilLeadershipIsConfirmed() {
        AtomicReference<Consumer<Boolean>> question = new AtomicReference<>();
        fixture.leadership = question::set;
        RawClient client = strange();
        Consumer<Boolean> asker = Awaitility.await().until(question::get, asked -> asked != null);
        assertThat(client.received(ServerMessage.JsonError.class)).isEmpty();
        asker.accept(true);
        assertThat(client.await(ServerMessage.JsonError.class).code()).isEqualTo(208);
    }

    @Test
    void unconfirmedMasterLetsTheClientTryAgainInsteadOfResettingIt() {
        fixture.leadership = answer -> answer.accept(false);
        RawClient client = strange();
        assertThat(client.awaitEnd()).isEqualTo("unavailable");
        assertThat(client.received(ServerMessage.JsonError.class)).isEmpty();
        assertThat(fixture.events.refusals).isEmpty();
    }

    @Test
    void confirmationThatComesAfterTheEndResetsNobody() {
        AtomicReference<Consumer<Boolean>> question = new AtomicReference<>();
        fixture.leadership = question::set;
        RawClient client = strange();
        Consumer<Boolean> asker = Awaitility.await().until(question::get, asked -> asked != null);
        fixture.realms.close("the reign ends");
        asker.accept(true);
        assertThat(client.awaitEnd()).isEqualTo("unavailable");
        assertThat(client.received(ServerMessage.JsonError.class)).isEmpty();
    }

    @Test
    void errorThatResetsNobodyNeedsNoConfirmation() {
        fixture.leadership = answer -> {};
        RawClient client = fixture.client("a");
        client.join();
        client.upload(new UploadProgress(1, 0, 0), new org.openros.protocol.UploadEntry(1, 0, 1, 5, new byte[0]));
        assertThat(client.await(ServerMessage.JsonError.class).code()).isEqualTo(216);
    }

    @Test
    void drainingCommitsWhatWasTakenAndTakesNothingMore() throws Exception {
        RawClient client = fixture.client("a");
        client.join();
        client.upload(new UploadProgress(2, 0, 0), entry(2, 0, schema()));
        CountDownLatch drained = new CountDownLatch(1);
        fixture.realms.drain(drained::countDown);
        assertThat(drained.await(10, TimeUnit.SECONDS)).isTrue();
        RawClient late = fixture.client("b").bind(true);
        assertThat(late.awaitEnd()).isEqualTo("unavailable");
        client.upload(new UploadProgress(3, 0, 0), entry(3, 0, create(1), name(1, "late")));
        assertThat(client.awaitEnd()).isEqualTo("unavailable");
        assertThat(client.acknowledged()).isLessThan(3);
    }

    @Test
    void endedReignEndsItsSessionsAndAcknowledgesNothing() {
        RawClient client = fixture.client("a");
        client.join();
        fixture.realms.close("the reign ends");
        client.upload(new UploadProgress(2, 0, 0), entry(2, 0, schema()));
        assertThat(client.awaitEnd()).isEqualTo("unavailable");
        assertThat(client.acknowledged()).isLessThan(2);
    }

    @Test
    void endedReignAnswersNoTransactionAndNoRead() throws Exception {
        fixture.realms.close("the reign ends");
        CompletableFuture<String> read = new CompletableFuture<>();
        fixture.realms.read(RealmFixture.PATH, reader -> "found", read::complete, read::complete);
        assertThat(read.get(10, TimeUnit.SECONDS)).isNotEqualTo("found");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openros.changeset.Changeset;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.UploadProgress;
import org.openros.storage.RealmHead;
import org.openros.worker.realm.RealmChange.Outcome;
import org.openros.worker.realm.RealmStanding.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.worker.realm.RawClient.entry;
import static org.openros.worker.realm.RealmFixture.PATH;
import static org.openros.worker.realm.RealmFixture.create;
import static org.openros.worker.realm.RealmFixture.name;
import static org.openros.worker.realm.RealmFixture.schema;

/** What happens to realms as a whole: they leave, arrive, and go for good. */
final class RealmChangeTest {
    private final RealmFixture fixture = new RealmFixture();
    private final RealmFixture other = new RealmFixture();

    @AfterEach
    void close() {
        fixture.close();
        other.close();
    }

    private static Outcome change(RealmFixture at, RealmChange change) throws Exception {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        at.realms.change(PATH, change, outcome::complete);
        return outcome.get(10, TimeUnit.SECONDS);
    }

    private static Kind done(RealmFixture at, RealmChange change) throws Exception {
        Outcome outcome = change(at, change);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) outcome).standing().kind();
    }

    private RawClient writer() {
        RawClient client = fixture.client("writer");
        client.join();
        client.upload(new UploadProgress(2, 0, 0), entry(2, 0, schema())).awaitAcknowledged(2);
        return client;
    }

    /** Copies the realm, as its mover does. */
    private void copy() throws Exception {
        done(other, new RealmChange.Admit("m", ""));
        done(other, new RealmChange.Take("m", "", fixture.realms.page(PATH, new byte[0], 1 << 20).writes(), "all"));
    }

    @Test
    void closedRealmTakesNothingAndItsSessionsWait() throws Exception {
        RawClient client = writer();
        assertThat(done(fixture, new RealmChange.Close("m"))).isEqualTo(Kind.LEAVING);
        client.upload(new UploadProgress(3, 0, 0), entry(3, 0, create(1), name(1, "late")));
        assertThat(fixture.client("new").bind(true).awaitEnd()).isEqualTo("unavailable");
        assertThat(fixture.realms.status(PATH).head().serverVersion()).isEqualTo(1);
        assertThat(client.acknowledged()).isEqualTo(2);
        assertThat(client.end()).isNull();
        fixture.realms.dismiss(PATH, "elsewhere");
        assertThat(client.awaitEnd()).isEqualTo("unavailable");
    }

    @Test
    void closedRealmAnswersNoTransactionAndItsSessionsHearNothingOfThat() throws Exception {
        RawClient client = writer();
        done(fixture, new RealmChange.Close("m"));
        CompletableFuture<Transaction.Outcome> answer = new CompletableFuture<>();
        fixture.realms.transact(
                PATH, new Transaction(List.of(), new Changeset(List.of(), List.of())), answer::complete);
        assertThat(answer.get(10, TimeUnit.SECONDS)).isInstanceOf(Transaction.Outcome.Unavailable.class);
        assertThat(client.end()).isNull();
    }

    @Test
    void closedRealmStaysClosedForTheNextMaster() throws Exception {
        writer();
        done(fixture, new RealmChange.Close("m"));
        fixture.restart();
        assertThat(fixture.client("new").bind(true).awaitEnd()).isEqualTo("unavailable");
        assertThat(done(fixture, new RealmChange.Close("m"))).isEqualTo(Kind.LEAVING);
        assertThat(change(fixture, new RealmChange.Close("another"))).isInstanceOf(Outcome.Conflict.class);
        assertThat(change(fixture, new RealmChange.Reopen("another"))).isInstanceOf(Outcome.Conflict.class);
    }

    @Test
    void laterClosingTakesThePlaceOfAnEarlierOneWhichOpensNothingAnyMore() throws Exception {
        writer();
        done(fixture, new RealmChange.Close("m#1"));
        done(fixture, new RealmChange.Close("m#2"));
        assertThat(change(fixture, new RealmChange.Close("m#1"))).isInstanceOf(Outcome.Conflict.class);
        assertThat(change(fixture, new RealmChange.Reopen("m#1"))).isInstanceOf(Outcome.Conflict.class);
        assertThat(done(fixture, new RealmChange.Reopen("m#2"))).isEqualTo(Kind.OPEN);
    }

    @Test
    void reopenedRealmGoesOnWithTheUploadThatWaited() throws Exception {
        RawClient client = fixture.client("writer");
        ServerMessage.Ident file = client.join();
        done(fixture, new RealmChange.Close("m"));
        client.upload(new UploadProgress(2, 0, 0), entry(2, 0, schema()));
        assertThat(done(fixture, new RealmChange.Reopen("m"))).isEqualTo(Kind.OPEN);
        assertThat(client.awaitEnd()).isEqualTo("unavailable");
        RawClient again = fixture.client("again").bind(false).ident(file);
        again.await(ServerMessage.Download.class);
        again.upload(new UploadProgress(2, 0, 0), entry(2, 0, schema())).awaitAcknowledged(2);
        assertThat(fixture.events.failures).isEmpty();
    }

    @Test
    void movedRealmGoesOnElsewhereForTheSameClientFile() throws Exception {
        RawClient client = fixture.client("writer");
        ServerMessage.Ident file = client.join();
        client.upload(new UploadProgress(2, 0, 0), entry(2, 0, schema())).awaitAcknowledged(2);
        done(fixture, new RealmChange.Close("m"));
        copy();
        assertThat(other.client("early").bind(false).ident(file).awaitEnd()).isEqualTo("unavailable");
        assertThat(done(other, new RealmChange.Settle("m"))).isEqualTo(Kind.OPEN);
        RealmHead head = fixture.realms.status(PATH).head();
        assertThat(other.realms.status(PATH).head()).isEqualTo(head);
        RawClient moved = other.client("moved").bind(false).ident(file.fileIdent(), file.salt(), 1, 2, 1, head.salt());
        moved.await(ServerMessage.Download.class);
        moved.upload(new UploadProgress(3, 1, 0), entry(3, 1, create(1), name(1, "there"))).awaitAcknowledged(3);
        assertThat(other.events.refusals).isEmpty();
    }

    @Test
    void partIsTakenOnceAndOnlyBehindTheOneBefore() throws Exception {
        writer();
        copy();
        var part = fixture.realms.page(PATH, new byte[0], 1 << 20).writes();
        assertThat(change(other, new RealmChange.Take("m", "", part, "all"))).isInstanceOf(Outcome.Conflict.class);
        assertThat(change(other, new RealmChange.Take("n", "all", part, "x"))).isInstanceOf(Outcome.Conflict.class);
        assertThat(done(other, new RealmChange.Take("m", "all", part, "again"))).isEqualTo(Kind.ARRIVING);
        assertThat(other.realms.status(PATH).head()).isEqualTo(fixture.realms.status(PATH).head());
    }

    @Test
    void realmThatIsServedIsNeverOverwrittenOrRemovedByAMove() throws Exception {
        writer();
        assertThat(change(fixture, new RealmChange.Admit("m", ""))).isInstanceOf(Outcome.Conflict.class);
        assertThat(change(fixture, new RealmChange.Abandon("m"))).isInstanceOf(Outcome.Conflict.class);
        assertThat(change(fixture, new RealmChange.Clear("m"))).isInstanceOf(Outcome.Conflict.class);
        copy();
        done(other, new RealmChange.Settle("m"));
        assertThat(change(other, new RealmChange.Abandon("m"))).isInstanceOf(Outcome.Conflict.class);
        assertThat(change(other, new RealmChange.Admit("m", ""))).isInstanceOf(Outcome.Conflict.class);
    }

    @Test
    void whatAMoveLeavesCanBeRemovedOrOverwritten() throws Exception {
        writer();
        copy();
        done(other, new RealmChange.Abandon("m"));
        done(other, new RealmChange.Abandon("m"));
        assertThat(other.storage.realms("", null, 10)).isEmpty();
        done(fixture, new RealmChange.Close("m"));
        assertThat(change(fixture, new RealmChange.Admit("earlier", ""))).isInstanceOf(Outcome.Conflict.class);
        assertThat(done(fixture, new RealmChange.Admit("n", ""))).isEqualTo(Kind.ARRIVING);
        assertThat(change(fixture, new RealmChange.Clear("m"))).isInstanceOf(Outcome.Conflict.class);
        done(fixture, new RealmChange.Abandon("n"));
        assertThat(fixture.storage.realms("", null, 10)).isEmpty();
    }

    @Test
    void purgedRealmEndsItsSessionsAndLeavesNothing() throws Exception {
        RawClient client = writer();
        done(fixture, new RealmChange.Purge(false));
        assertThat(client.awaitEnd()).isEqualTo("unavailable");
        assertThat(fixture.storage.realms("", null, 10)).isEmpty();
        assertThat(fixture.realms.status(PATH).size().storedBytes()).isZero();
    }

    @Test
    void realmThatWasPurgedRightAfterItsDeletionIsNotMadeAgainByOpeningIt() throws Exception {
        RawClient client = writer();
        assertThat(done(fixture, new RealmChange.Purge(true))).isEqualTo(Kind.GONE);
        assertThat(client.awaitEnd()).isEqualTo("unavailable");
        assertThat(fixture.client("late").bind(true).awaitEnd()).isEqualTo("unavailable");
        assertThat(fixture.realms.status(PATH).head()).isEqualTo(RealmHead.EMPTY);
        done(fixture, new RealmChange.Purge(false));
        assertThat(fixture.storage.realms("", null, 10)).isEmpty();
    }

    @Test
    void staleMasterDoesNotSayThatARealmIsNotAsItHasToBe() throws Exception {
        fixture.leadership = answer -> answer.accept(false);
        assertThat(change(fixture, new RealmChange.Take("m", "", List.of(), "x")))
                .isInstanceOf(Outcome.Unavailable.class);
    }
}

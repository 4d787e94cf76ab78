// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetEncoder;
import org.openros.changeset.Instruction;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.SyncError;
import org.openros.protocol.UploadEntry;
import org.openros.protocol.UploadProgress;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** Uploads that are larger than they look, or than a worker can bear. */
final class HostileUploadsTest {
    private final RealmFixture fixture = new RealmFixture(1 << 20, 8 << 20);
    private final RawClient client = fixture.client("hostile");

    @AfterEach
    void close() {
        fixture.close();
    }

    private RawClient joined() {
        client.join();
        client.upload(new UploadProgress(1, 0, 0), RawClient.entry(1, 0, RealmFixture.schema())).awaitAcknowledged(1);
        return client;
    }

    private void awaitRefusal() {
        ServerMessage.JsonError error = client.await(ServerMessage.JsonError.class);
        assertThat(error.code()).isEqualTo(SyncError.OVERLOADED.code());
        assertThat(error.body().tryAgain()).isTrue();
        awaitNothingHeld();
    }

    private void awaitNothingHeld() {
        Awaitility.await().until(() -> fixture.memory.uploads().used() == 0);
    }

    /** An upload that says what it likes about its size. */
    private static byte[] announced(long plainSize, byte[] body) {
        byte[] header = ("upload " + RawClient.SESSION + " 1 " + plainSize + " " + body.length + " 2 0 0\n")
                .getBytes(US_ASCII);
        byte[] message = Arrays.copyOf(header, header.length + body.length);
        System.arraycopy(body, 0, message, header.length, body.length);
        return message;
    }

    private static byte[] deflated(byte[] plain) {
        Deflater deflater = new Deflater();
        deflater.setInput(plain);
        deflater.finish();
        byte[] out = new byte[plain.length + 64];
        int size = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, size);
    }

    @Test
    void announcedSizeThatCannotFitIsRefusedBeforeAnythingIsInflated() {
        joined().send(announced(Long.MAX_VALUE / 8, deflated(new byte[100])));
        awaitRefusal();
    }

    @Test
    void bodyThatInflatesToMoreThanAnnouncedEndsTheConnection() {
        joined().send(announced(1_000, deflated(new byte[1 << 20])));
        assertThat(client.awaitEnd()).isEqualTo("violation 101");
    }

    @Test
    void announcedSizeThatNoCompressionCouldMakeEndsTheConnection() {
        joined().send(announced(512 << 10, deflated(new byte[10])));
        assertThat(client.awaitEnd()).isEqualTo("violation 101");
        awaitNothingHeld();
    }

    @Test
    void manyObjectsInFewBytesAreWeighed() {
        List<Instruction> instructions = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            instructions.add(RealmFixture.create(i));
        }
        joined().upload(new UploadProgress(2, 0, 0), RawClient.entry(2, 0, instructions.toArray(Instruction[]::new)));
        awaitRefusal();
        assertThat(fixture.events.failures).isEmpty();
    }

    @Test
    void largeUploadThatFitsIsTakenAndGivesItsMemoryBack() {
        List<Instruction> instructions = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            instructions.add(RealmFixture.create(i));
            instructions.add(RealmFixture.name(i, "x".repeat(60)));
        }
        byte[] changeset = ChangesetEncoder.encode(new Changeset(List.of(), instructions));
        joined().send(new ClientMessage.Upload(
                RawClient.SESSION,
                new UploadProgress(2, 0, 0),
                UploadEntry.encode(List.of(new UploadEntry(2, 0, 1_000, 0, changeset)))));
        client.awaitAcknowledged(2);

        RawClient reader = fixture.client("reader");
        reader.join();
        reader.catchUp(1);
        assertThat(reader.instructions()).containsAll(instructions.subList(0, 100)).hasSize(instructions.size() + 3);
        awaitNothingHeld();
        assertThat(fixture.memory.downloads().used()).isZero();
        assertThat(fixture.memory.uncommitted().used()).isZero();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessageBodyTest {
    private static final int LIMIT = 1 << 20;

    @Test
    void largeBodyIsCompressedWithTheHeaderThatAppleClientsDemand() {
        MessageBody body = MessageBody.of(new byte[1025]);

        assertThat(body.isCompressed()).isTrue();
        assertThat(body.plainSize()).isEqualTo(1025);
        assertThat(wire(body)[0]).isEqualTo((byte) 0x78);
        assertThat(body.plain(LIMIT).take(1025)).isEqualTo(new byte[1025]);
    }

    @Test
    void smallBodyIsNotCompressed() {
        assertThat(MessageBody.of(new byte[1024]).isCompressed()).isFalse();
    }

    @Test
    void bodyThatWouldGrowIsNotCompressed() {
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);

        MessageBody body = MessageBody.of(noise);

        assertThat(body.isCompressed()).isFalse();
        assertThat(body.plain(LIMIT).take(5000)).isEqualTo(noise);
    }

    @Test
    void entriesSurviveTheWayToTheServerAndBack() {
        byte[] changeset = new byte[3000];
        var upload = new UploadEntry(Long.MAX_VALUE, 0, 7, 0, changeset);
        var download = new DownloadEntry(Long.MAX_VALUE, 0, 7, 3, 4000, changeset);

        var up = new ClientMessage.Upload(1, new UploadProgress(9, 8, 7), UploadEntry.encode(List.of(upload, upload)));
        var down = ServerMessage.Download.of(1, DownloadProgress.ZERO, 5, List.of(download));

        assertThat(((ClientMessage.Upload) ClientMessageDecoder.decode(up.encode())).entries(LIMIT))
                .toIterable()
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(upload, upload);
        assertThat(((ServerMessage.Download) ServerMessageDecoder.decode(down.encode())).entries(LIMIT))
                .toIterable()
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(download);
    }

    @Test
    void bodyAboveTheLimitIsRefusedBeforeItIsInflated() {
        MessageBody body = MessageBody.of(new byte[5000]);

        assertThatThrownBy(() -> body.plain(4999)).hasMessage("the body is too large");
        assertThat(body.plain(5000).remaining()).isEqualTo(5000);
    }

    @Test
    void sizeThatNoStreamCanReachIsRefusedBeforeMemoryIsTaken() {
        MessageBody body = new MessageBody(deflated(new byte[10]), 0, true, Integer.MAX_VALUE);

        assertThatThrownBy(() -> body.plain(Integer.MAX_VALUE)).hasMessage("no compression is that good");
    }

    @Test
    void streamOfAnotherSizeThanStatedIsRefused() {
        byte[] stream = deflated(new byte[100]);
        byte[] longer = Arrays.copyOf(stream, stream.length + 1);
        byte[] shorter = Arrays.copyOf(stream, stream.length - 1);

        for (MessageBody body : List.of(
                new MessageBody(stream, 0, true, 99),
                new MessageBody(stream, 0, true, 101),
                new MessageBody(stream, 0, true, 0),
                new MessageBody(longer, 0, true, 100),
                new MessageBody(shorter, 0, true, 100))) {
            assertThatThrownBy(() -> body.plain(LIMIT))
                    .hasFieldOrPropertyWithValue("error", SyncError.BAD_BODY);
        }
        assertThat(new MessageBody(stream, 0, true, 100).plain(LIMIT).remaining()).isEqualTo(100);
    }

    @Test
    void streamWithADictionaryOrWithoutHeaderIsRefused() {
        Deflater deflater = new Deflater();
        deflater.setDictionary(new byte[] {1, 2, 3});
        byte[] withDictionary = deflated(deflater, new byte[100]);
        byte[] raw = deflated(new Deflater(1, true), new byte[100]);

        for (byte[] stream : List.of(withDictionary, raw, new byte[0])) {
            assertThatThrownBy(() -> new MessageBody(stream, 0, true, 100).plain(LIMIT))
                    .isInstanceOf(ProtocolViolation.class);
        }
    }

    @Test
    void changedChecksumIsFound() {
        byte[] stream = deflated(new byte[100]);
        stream[stream.length - 1] ^= 1;

        assertThatThrownBy(() -> new MessageBody(stream, 0, true, 100).plain(LIMIT))
                .isInstanceOf(ProtocolViolation.class);
    }

    private static byte[] wire(MessageBody body) {
        return body.writeBytes(new MessageWriter(0)).toBytes();
    }

    private static byte[] deflated(byte[] plain) {
        return deflated(new Deflater(), plain);
    }

    private static byte[] deflated(Deflater deflater, byte[] plain) {
        deflater.setInput(plain);
        deflater.finish();
        byte[] out = new byte[1000];
        int size = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, size);
    }
}

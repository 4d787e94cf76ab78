// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.fail;

/** Replay a failure with {@code -Dros.seed=N}. */
class DecoderFuzzTest {
    private static final int ROUNDS = 200_000;
    private static final int LIMIT = 1 << 16;

    private final long seed = Long.getLong("ros.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void mutatedMessagesAreDecodedOrRefusedAndNeverAnythingElse() {
        List<byte[]> corpus = corpus();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] message = corpus.get(random.nextInt(corpus.size())).clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                message = mutate(message, corpus);
            }
            tryAll(message, round);
        }
    }

    private void tryAll(byte[] message, int round) {
        try {
            attempt(() -> ClientMessageDecoder.route(message));
            attempt(() -> readClientMessage(message));
            attempt(() -> readServerMessage(message));
        } catch (RuntimeException | Error e) {
            fail("round " + round + ", replay with -Dros.seed=" + seed + ": " + WireExamples.text(message), e);
        }
    }

    private static void readClientMessage(byte[] message) {
        ClientMessage decoded = ClientMessageDecoder.decode(message);
        if (decoded instanceof ClientMessage.Upload upload) {
            upload.entries(LIMIT).forEachRemaining(entry -> {});
        }
        ClientMessageDecoder.decode(decoded.encode());
    }

    private static void readServerMessage(byte[] message) {
        ServerMessage decoded = ServerMessageDecoder.decode(message);
        if (decoded instanceof ServerMessage.Download download) {
            download.entries(LIMIT).forEachRemaining(entry -> {});
        }
        ServerMessageDecoder.decode(decoded.encode());
    }

    private static void attempt(Runnable decoding) {
        try {
            decoding.run();
        } catch (ProtocolViolation expected) {
            if (expected.code() < 100 || expected.code() == 104) {
                throw expected;
            }
        }
    }

    private byte[] mutate(byte[] message, List<byte[]> corpus) {
        if (message.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = random.nextInt(message.length);
        return switch (random.nextInt(6)) {
            case 0 -> replaced(message, at, new byte[] {(byte) random.nextInt(256)}, 1);
            case 1 -> replaced(message, at, MessageWriter.ascii("" + random.nextLong(Long.MAX_VALUE)), 1);
            case 2 -> replaced(message, at, MessageWriter.ascii("" + random.nextInt(70)), 1);
            case 3 -> replaced(message, at, new byte[0], 1 + random.nextInt(3));
            case 4 -> Arrays.copyOf(message, at);
            default -> spliced(message, at, corpus.get(random.nextInt(corpus.size())));
        };
    }

    private byte[] spliced(byte[] message, int at, byte[] other) {
        int from = random.nextInt(other.length);
        return replaced(message, at, Arrays.copyOfRange(other, from, other.length), random.nextInt(message.length));
    }

    private static byte[] replaced(byte[] message, int at, byte[] by, int removed) {
        int rest = Math.min(message.length, at + removed);
        return new MessageWriter(message.length + by.length)
                .bytes(message, 0, at)
                .bytes(by)
                .bytes(message, rest, message.length - rest)
                .toBytes();
    }

    private static List<byte[]> corpus() {
        List<byte[]> corpus = new ArrayList<>();
        for (char kind : new char[] {'C', 'S', 'F'}) {
            WireExamples.of(kind).forEach(example -> corpus.add(WireExamples.bytes(example)));
        }
        List<UploadEntry> uploads = List.of(new UploadEntry(4, 0, 5, 0, new byte[2000]));
        List<DownloadEntry> downloads = List.of(new DownloadEntry(1, 0, 5, 3, 2000, new byte[2000]));
        corpus.add(new ClientMessage.Upload(1, new UploadProgress(4, 0, 0), UploadEntry.encode(uploads)).encode());
        corpus.add(ServerMessage.Download.of(1, DownloadProgress.ZERO, 0, downloads).encode());
        return corpus;
    }
}

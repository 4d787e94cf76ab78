// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.changeset.VectorFolder.VectorFile;
import org.openros.changeset.state.ApplyException;
import org.openros.changeset.state.ObjectState;
import org.openros.changeset.state.StateAccess;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** Damages real changesets. Set -Dros.fuzz.seed to replay one seed, -Dros.fuzz.rounds to go on longer. */
class ChangesetFuzzTest {
    private static final int ROUNDS = Integer.getInteger("ros.fuzz.rounds", 8_000);

    private final List<byte[]> corpus = corpus();

    private static List<byte[]> corpus() {
        List<byte[]> corpus = new ArrayList<>();
        for (VectorFile file : VectorFolder.own().files()) {
            for (JsonNode vector : file.vectors()) {
                for (JsonNode hex : vector.findValues("hex")) {
                    if (hex.isString() && hex.stringValue().length() < 4_000) {
                        corpus.add(HexFormat.of().parseHex(hex.stringValue()));
                    }
                }
            }
        }
        return corpus;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damagedChangesetIsRefusedOrReadBack(long number) {
        long seed = Long.getLong("ros.fuzz.seed", number);
        Random random = new Random(seed);
        int readable = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = damaged(random);
            try {
                readable += check(bytes);
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                fail("seed " + seed + ", round " + round + ": " + HexFormat.of().formatHex(bytes), e);
            }
        }
        assertThat(readable).as("seed %d: readable changesets", seed).isBetween(ROUNDS / 20, ROUNDS);
    }

    /** 1 if the bytes are a changeset, 0 if they are not; throws if they lead astray. */
    private static int check(byte[] bytes) {
        Changeset changeset;
        try {
            changeset = ChangesetParser.parse(bytes);
        } catch (MalformedChangesetException e) {
            return 0;
        }
        assertThat(ChangesetParser.parseEncoded(bytes)).isEqualTo(changeset);
        byte[] encoded = ChangesetEncoder.encode(changeset);
        assertThat(ChangesetEncoder.encode(ChangesetParser.parse(encoded))).isEqualTo(encoded);
        Changeset fromNotation = ChangesetJson.readChangeset(ChangesetJson.write(changeset));
        assertThat(ChangesetEncoder.encode(fromNotation)).isEqualTo(encoded);
        assertThat(ChangesetText.of(changeset).lines()).hasSize(changeset.instructions().size());
        return 1;
    }

    private byte[] damaged(Random random) {
        byte[] bytes = corpus.get(random.nextInt(corpus.size()));
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes = damagedOnce(bytes, random);
        }
        return bytes;
    }

    private byte[] damagedOnce(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        byte[] copy = bytes.clone();
        int at = random.nextInt(copy.length);
        switch (random.nextInt(6)) {
            case 0 -> copy[at] = (byte) random.nextInt();
            case 1 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> copy = Arrays.copyOf(copy, at);
            case 3 -> copy = joined(copy, at, corpus.get(random.nextInt(corpus.size())));
            case 4 -> copy = joined(copy, at, Arrays.copyOfRange(copy, random.nextInt(at + 1), copy.length));
            default -> Arrays.fill(copy, at, Math.min(copy.length, at + random.nextInt(12)), (byte) 0xFF);
        }
        return copy;
    }

    private static byte[] joined(byte[] head, int length, byte[] tail) {
        byte[] joined = Arrays.copyOf(head, length + tail.length);
        System.arraycopy(tail, 0, joined, length, tail.length);
        return joined;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void damagedChangesetAppliesOrLeavesTheStateAsItWas(long number) {
        long seed = Long.getLong("ros.fuzz.seed", number);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS / 20; round++) {
            ObjectState state = new ObjectState(StateAccess.EMPTY);
            for (int i = 0; i < 12; i++) {
                byte[] bytes = random.nextInt(3) == 0
                        ? damagedOnce(corpus.get(random.nextInt(corpus.size())), random)
                        : corpus.get(random.nextInt(corpus.size()));
                apply(state, bytes, seed, round);
            }
        }
    }

    private static void apply(ObjectState state, byte[] bytes, long seed, int round) {
        JsonNode before = state.toJson();
        try {
            state.apply(ChangesetParser.parse(bytes));
        } catch (MalformedChangesetException | ApplyException e) {
            assertThat(state.toJson()).as("seed %d, round %d", seed, round).isEqualTo(before);
        } catch (RuntimeException | StackOverflowError e) {
            fail("seed " + seed + ", round " + round + ": " + HexFormat.of().formatHex(bytes), e);
        }
    }

    @Test
    void announcedSizesCostNothing() {
        for (String hex : List.of(
                "3f00efffff07",
                "3f0001543f0101663f02016b0400010101ffffffff0f00",
                "3f0001543f0101663f02016b04000101010004ffffffff1f")) {
            try {
                ChangesetParser.parse(HexFormat.of().parseHex(hex));
                fail(hex);
            } catch (MalformedChangesetException e) {
                assertThat(e.offset()).isPositive();
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.domain;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RealmPathTest {
    private static final AppId APP = new AppId("shop-1");
    private static final String AWKWARD = "aZ09-_~/.%=:\"\\ \0\n\u007f\u00e9\u20ac\ud83d\ude00?#&";

    @Test
    void everyPartitionHasOnePathAndComesBackFromIt() {
        long seed = 20_260_101L;
        Random random = new Random(seed);
        Map<String, Partition> seen = new HashMap<>();
        for (int round = 0; round < 5_000; round++) {
            Partition partition = randomPartition(random);
            RealmPath path = RealmPath.of(APP, partition);
            String about = "seed " + seed + ", round " + round + ", " + partition;
            assertThat(path.partition()).as(about).isEqualTo(partition);
            assertThat(path.app()).as(about).isEqualTo(APP);
            assertThat(path.value()).as(about).matches("/shop-1/[!-~]+");
            assertThat(path.value().split("/")).as(about).doesNotContain(".", "..");
            assertThat(seen.getOrDefault(path.value(), partition)).as(about).isEqualTo(partition);
            seen.put(path.value(), partition);
        }
    }

    private static Partition randomPartition(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> new Partition.Number(random.nextLong());
            case 1 -> new Partition.ObjectId(HexFormat.of().formatHex(bytes(random, 12)));
            case 2 -> new Partition.Uuid(new UUID(random.nextLong(), random.nextLong()));
            case 3 -> Partition.None.NULL;
            default -> new Partition.Text(randomText(random));
        };
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String randomText(Random random) {
        int[] points = AWKWARD.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(12); left > 0; left--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "notes, /shop-1/notes",
        "/~/notes, /shop-1//~/notes",
        "../../etc, /shop-1/%2E%2E/%2E%2E/etc",
        "a.b..c, /shop-1/a.b.%2Ec",
        "100%, /shop-1/100%25",
        "%2E, /shop-1/%252E",
        "=int:1, /shop-1/%3Dint%3A1",
        "'', /shop-1/=empty",
        "é, /shop-1/%C3%A9"
    })
    void textStandsReadableInThePath(String partition, String path) {
        assertThat(RealmPath.of(APP, new Partition.Text(partition)).value()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "//", "/app", "/app/", "app/x", "//x", "/a b/x", "/app/a b", "/app/é", "/app/..",
                "/app/a/../b",
                "/app/%", "/app/%4", "/app/%zz", "/app/%41", "/app/%c3%a9", "/app/%FF", "/app/=", "/app/=int:",
                "/app/=int:+1", "/app/=int:01", "/app/=int:99999999999999999999", "/app/=oid:12", "/app/=null:x",
                "/app/=uuid:1-1-1-1-1", "/app/=empty:", "/app/a\0b", "/app/x\n"
            })
    void textsThatAreNoPathAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RealmPath(text));
    }

    @Test
    void longestPartitionFitsAndLongerPathsAreRefused() {
        String longest = "\u0001".repeat(Partition.MAX_BYTES);
        AppId app = new AppId("a".repeat(100));
        assertThat(RealmPath.of(app, new Partition.Text(longest)).partition()).isEqualTo(new Partition.Text(longest));
        assertThatIllegalArgumentException().isThrownBy(() -> new RealmPath("/app/" + "x".repeat(5_000)));
    }

    @Test
    void pathsAreOrderedAsTheirTexts() {
        assertThat(new RealmPath("/a/x")).isLessThan(new RealmPath("/a/y")).hasToString("/a/x");
    }
}

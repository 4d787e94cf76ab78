// SPDX-License-Identifier: Apache-2.0
package org.openros.domain;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PartitionTest {
    @Test
    void everySpellingOfTheSdksIsRead() {
        assertThat(Partition.parse("\"test\"")).isEqualTo(new Partition.Text("test"));
        assertThat(Partition.parse("\"a/b c?&%\\\"é\"")).isEqualTo(new Partition.Text("a/b c?&%\"é"));
        assertThat(Partition.parse("{\"$numberInt\":\"42\"}")).isEqualTo(new Partition.Number(42));
        assertThat(Partition.parse("{\"$oid\":\"64B1f0c2a3d4e5f601234567\"}"))
                .isEqualTo(new Partition.ObjectId("64b1f0c2a3d4e5f601234567"));
        assertThat(Partition.parse("{\"$binary\":{\"base64\":\"yv66vgAAAAAAAAAAAAAAAQ==\",\"subType\":\"04\"}}"))
                .isEqualTo(new Partition.Uuid(UUID.fromString("cafebabe-0000-0000-0000-000000000001")));
        assertThat(Partition.parse("null")).isEqualTo(Partition.None.NULL);
    }

    @Test
    void spellingsOfOneValueAreOnePartition() {
        assertThat(Partition.parse("{\"$numberLong\":\"-7\"}"))
                .isEqualTo(Partition.parse("{ \"$numberInt\" : \"-7\" }"));
        assertThat(Partition.parse("x")).isEqualTo(Partition.parse("\"x\"")).isEqualTo(Partition.parse("\"\\u0078\""));
        assertThat(Partition.parse("{\"$uuid\":\"CAFEBABE-0000-0000-0000-000000000001\"}"))
                .isEqualTo(Partition.parse(
                        "{\"$binary\":{\"subType\":\"04\",\"base64\":\"yv66vgAAAAAAAAAAAAAAAQ==\"}}"));
    }

    @Test
    void stringThatLooksLikeAnotherTypeStaysAString() {
        assertThat(Partition.parse("\"null\"")).isEqualTo(new Partition.Text("null"));
        assertThat(Partition.parse("\"{\\\"$oid\\\":1}\"")).isEqualTo(new Partition.Text("{\"$oid\":1}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "\"", "\"x", "\"x\" y", "{", "{}", "{\"a\":1}", "{\"$numberInt\":\"1\",\"x\":1}",
                "{\"$numberInt\":\"x\"}", "{\"$numberInt\":\"3000000000\"}", "{\"$numberInt\":{}}",
                "{\"$numberLong\":\"9223372036854775808\"}", "{\"$oid\":\"12\"}", "{\"$oid\":null}",
                "{\"$uuid\":\"1-1-1-1-1\"}", "{\"$binary\":\"x\"}",
                "{\"$binary\":{\"base64\":\"AA==\",\"subType\":\"04\"}}",
                "{\"$binary\":{\"base64\":\"yv66vgAAAAAAAAAAAAAAAQ==\",\"subType\":\"00\"}}", "{\"$date\":\"1\"}",
                "\"\\ud800\"", "\"a\\udc00b\"", "{\"$oid\":{\"$oid\":{\"$oid\":1}}}"
            })
    void otherTextsAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Partition.parse(text));
    }

    @Test
    void lengthIsCountedInBytes() {
        assertThat(Partition.parse("é".repeat(512))).isEqualTo(new Partition.Text("é".repeat(512)));
        assertThatIllegalArgumentException().isThrownBy(() -> Partition.parse("é".repeat(513)));
        assertThatIllegalArgumentException().isThrownBy(() -> Partition.parse("[".repeat(100_000)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.domain;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class IdentifierTest {
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "a.b", "é", "a\n", "a\0"})
    void appIdsAreNarrow(String text) {
        assertThat(AppId.isValid(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new AppId(text));
    }

    @Test
    void appIdsHaveAtMostAHundredCharacters() {
        assertThat(AppId.isValid("x".repeat(100))).isTrue();
        assertThat(AppId.isValid("x".repeat(101))).isFalse();
    }

    @Test
    void idsOfTheServerItselfAreReserved() {
        assertThat(AppId.SYSTEM.isReserved()).isTrue();
        assertThat(new AppId("_my_app__").isReserved()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1L << 30, Long.MAX_VALUE, Long.MIN_VALUE})
    void fileIdentsOutsideTheRangeAreRefused(long value) {
        assertThat(FileIdent.isValid(value)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new FileIdent(value));
    }

    @Test
    void fileIdentsAreOrdered() {
        assertThat(FileIdent.SERVER).isLessThan(FileIdent.FIRST_CLIENT);
        assertThat(new FileIdent((1L << 30) - 1)).hasToString("1073741823");
    }

    @Test
    void epochsGrow() {
        assertThat(Epoch.NONE.next()).isGreaterThan(Epoch.NONE).hasToString("1");
        assertThatIllegalArgumentException().isThrownBy(() -> new Epoch(-1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a_b", "a/b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void groupNamesAreNarrow(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new GroupId(text));
    }
}

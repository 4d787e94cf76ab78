// SPDX-License-Identifier: Apache-2.0
package org.openros.security;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BearerTokenTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Bearer abc|abc", "bearer abc|abc", "Bearer  abc |abc", "Bearer |", "Bearer|", "Basic abc|", "abc|", "|"
            })
    void tokenIsWhatFollowsTheScheme(@Nullable String header, @Nullable String token) {
        assertThat(BearerToken.of(header)).isEqualTo(token);
    }
}

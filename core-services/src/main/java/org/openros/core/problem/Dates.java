// SPDX-License-Identifier: Apache-2.0
package org.openros.core.problem;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Points in time in requests and answers (admin API, section 2). */
public final class Dates {
    private static final DateTimeFormatter OUT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** What {@code toString} of {@code java.util.Date} gives. */
    private static final DateTimeFormatter OF_JAVA =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss zzz uuuu", Locale.ENGLISH);

    private static final List<Function<String, Instant>> FORMS = List.of(
            text -> OffsetDateTime.parse(text).toInstant(),
            text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant(),
            text -> ZonedDateTime.parse(text, OF_JAVA).toInstant());

    private Dates() {}

    /** A point in time as text. */
    public static String write(Instant time) {
        return OUT.format(time);
    }

    /** A point in time in one of the forms that clients send; another value ends in an error reply. */
    public static Instant read(String parameter, JsonNode value) {
        try {
            if (value.isIntegralNumber() && value.canConvertToLong()) {
                return Instant.ofEpochMilli(value.longValue());
            }
        } catch (DateTimeException e) {
            throw notATime(parameter);
        }
        return FORMS.stream()
                .map(form -> attempt(form, value.asString("")))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> notATime(parameter));
    }

    private static @Nullable Instant attempt(Function<String, Instant> form, String text) {
        try {
            return form.apply(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static ProblemException notATime(String parameter) {
        return Problem.invalid(parameter, "is not a point in time");
    }
}

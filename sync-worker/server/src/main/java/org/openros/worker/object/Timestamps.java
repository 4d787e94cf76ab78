// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.openros.changeset.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Points in time as JSON: {@code {"$date": "2026-01-31T10:20:30.5Z"}} with up to nine digits behind the point. What
 * lies outside of the years 1 to 9999 is {@code {"$realmTimestamp": {"seconds": "...", "nanoseconds": n}}}.
 */
final class Timestamps {
    private static final long NANOS = 1_000_000_000;
    private static final long MILLIS = 1000;
    private static final long NANOS_OF_MILLI = NANOS / MILLIS;
    private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private Timestamps() {}

    static JsonNode write(Value.Timestamp time) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (time.seconds() > FIRST && time.seconds() < LAST) {
            return node.put("$date", Instant.ofEpochSecond(time.seconds(), time.nanoseconds()).toString());
        }
        node.putObject("$realmTimestamp")
                .put("seconds", Long.toString(time.seconds()))
                .put("nanoseconds", time.nanoseconds());
        return node;
    }

    static Value read(JsonNode date) {
        JsonNode millis = date.isObject() ? date.path("$numberLong") : date;
        try {
            return date.isString()
                    ? of(OffsetDateTime.parse(date.stringValue()).toInstant())
                    : ofMillis(Long.parseLong(millis.asString("")));
        } catch (DateTimeException | NumberFormatException e) {
            throw new Misfit("", "$date needs a time like 2026-01-31T10:20:30.123Z, or milliseconds since 1970");
        }
    }

    static Value readParts(JsonNode node) {
        try {
            long seconds = Long.parseLong(node.path("seconds").asString(""));
            int nanoseconds = Integer.parseInt(node.path("nanoseconds").asString("0"));
            boolean contradict = (seconds > 0 && nanoseconds < 0) || (seconds < 0 && nanoseconds > 0);
            if (!contradict && Math.abs((long) nanoseconds) < NANOS) {
                return new Value.Timestamp(seconds, nanoseconds);
            }
        } catch (NumberFormatException e) {
            // The same answer as for parts that contradict each other.
        }
        throw new Misfit("", "$realmTimestamp needs seconds and nanoseconds of the same sign");
    }

    private static Value of(Instant instant) {
        long seconds = instant.getEpochSecond();
        int nanoseconds = instant.getNano();
        return seconds < 0 && nanoseconds > 0
                ? new Value.Timestamp(seconds + 1, (int) (nanoseconds - NANOS))
                : new Value.Timestamp(seconds, nanoseconds);
    }

    private static Value ofMillis(long millis) {
        return new Value.Timestamp(millis / MILLIS, (int) (millis % MILLIS * NANOS_OF_MILLI));
    }
}

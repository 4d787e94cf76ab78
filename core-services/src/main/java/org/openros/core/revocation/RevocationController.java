// SPDX-License-Identifier: Apache-2.0
package org.openros.core.revocation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.openros.core.account.Revocations;
import org.openros.core.account.Revocations.Revocation;
import org.openros.core.http.ApiError;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells gateways whose sessions to end. Any process of core services answers alike, so a gateway may ask another one
 * each time. Events of the last minutes are told again: a gateway passes over what it has heeded.
 */
@RestController
class RevocationController {
    /** Many gateways ask the same at the same time. */
    private static final Duration REMEMBERED = Duration.ofMillis(300);

    private static final int MAX_QUESTIONS = 100;

    private final Revocations revocations;
    private final Clock clock;
    private final Cache<Long, List<Revocation>> answers =
            Caffeine.newBuilder().maximumSize(MAX_QUESTIONS).expireAfterWrite(REMEMBERED).build();

    RevocationController(Revocations revocations, Clock clock) {
        this.revocations = revocations;
        this.clock = clock;
    }

    @GetMapping("/internal/v1/revocations")
    Answer since(@RequestParam(name = "since", defaultValue = "0") long since) {
        Instant now = clock.instant();
        Instant start = instant(since);
        long minute = Math.floorDiv(start.getEpochSecond(), 60);
        List<Event> events = answers.get(minute, ignored -> revocations.since(start)).stream()
                .map(event -> new Event(event.userId(), event.at().toEpochMilli()))
                .toList();
        return new Answer(now.toEpochMilli(), !start.isBefore(now.minus(Revocations.REACH)), events);
    }

    private static Instant instant(long millis) {
        try {
            return Instant.ofEpochMilli(millis);
        } catch (DateTimeException | ArithmeticException e) {
            throw ApiError.BAD_REQUEST.exception("since is no point in time");
        }
    }

    /**
     * The news.
     *
     * @param now what to ask with next time, in milliseconds since 1970
     * @param complete false if there may have been more, too long ago: check all users
     */
    record Answer(long now, boolean complete, List<Event> events) {}

    /** Sessions of the user that were opened with tokens issued at this time or before end, in milliseconds. */
    record Event(String userId, long at) {}
}

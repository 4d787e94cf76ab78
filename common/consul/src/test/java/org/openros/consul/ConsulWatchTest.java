// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openros.cluster.GroupView;
import org.openros.cluster.LockService.Value;
import org.openros.consul.FakeConsul.Answer;
import org.slf4j.LoggerFactory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Blocking queries, answered by the test one at a time. */
class ConsulWatchTest {
    private static final Pattern QUERY =
            Pattern.compile("GET /v1/kv/openros/leader\\?recurse&consistent&index=([0-9]+)&wait=([0-9]+)ms");

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            log.add(event.getLevel() + " " + event.getFormattedMessage());
        }
    };
    private FakeConsul consul;
    private ConsulLockService locks;

    @BeforeEach
    void start() throws IOException {
        consul = new FakeConsul();
        consul.answer(request -> QUERY.matcher(request).matches() ? answers.take() : new Answer(404, "", 1));
        locks = new ConsulLockService(new ConsulAddress(consul.url(), "", null), "openros/", List.of());
        appender.start();
        logger().addAppender(appender);
    }

    @AfterEach
    void stop() {
        logger().detachAppender(appender);
        locks.close();
        consul.close();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(ConsulWatch.class);
    }

    @Test
    void queriesWaitForWhatIsNewerThanTheLastAnswer() {
        watch();
        answers.add(state(7, "a", 5));
        answers.add(state(9, "b", 9));
        awaitQueries(3);

        assertThat(indexes()).containsExactly(0L, 7L, 9L);
        assertThat(reports).containsExactly("a", "b");
        assertThat(waits()).allSatisfy(wait -> assertThat(wait).isBetween(30_000L, 40_000L));
    }

    @Test
    void answerWithoutAChangeIsNotReported() {
        watch();
        answers.add(state(7, "a", 5));
        answers.add(state(7, "a", 5));
        answers.add(state(8, "a", 5));
        awaitQueries(4);

        assertThat(reports).containsExactly("a");
    }

    @Test
    void indexThatGoesBackStartsTheWatchOver() {
        watch();
        answers.add(state(700, "a", 5));
        answers.add(state(3, "restored", 2));
        answers.add(state(3, "restored", 2));
        awaitQueries(4);

        assertThat(indexes()).containsExactly(0L, 700L, 0L, 3L);
        assertThat(reports).containsExactly("a", "restored");
    }

    @Test
    void answerWithoutAnIndexDoesNotMakeTheWatchSpin() {
        watch();
        answers.add(new Answer(404, "", -1));
        answers.add(new Answer(404, "", 0));
        awaitQueries(3);

        assertThat(indexes()).startsWith(0L, 1L).doesNotContain(2L);
        assertThat(reports).containsExactly("");
    }

    @Test
    void failuresAreLoggedAtTheirStartAndAtTheirEndAndNeverReported() {
        watch();
        answers.add(state(7, "a", 5));
        answers.add(new Answer(500, "No cluster leader", -1));
        answers.add(new Answer(500, "No cluster leader", -1));
        answers.add(new Answer(500, "No cluster leader", -1));
        answers.add(state(9, "b", 9));
        awaitQueries(6);

        assertThat(indexes()).containsExactly(0L, 7L, 0L, 0L, 0L, 9L);
        assertThat(reports).containsExactly("a", "b");
        assertThat(log).hasSize(2);
        assertThat(log.getFirst()).startsWith("WARN").contains("No cluster leader", consul.url().toString());
        assertThat(log.getLast()).startsWith("INFO").contains("goes on");
    }

    @Test
    void closedWatchAsksNoMore() {
        GroupView.Registration watch = watch();
        answers.add(state(7, "a", 5));
        awaitQueries(2);

        watch.close();
        watch.close();
        answers.add(state(9, "b", 9));
        locks.watch("leader", values -> reports.add("other"));
        awaitQueries(3);
        answers.add(state(9, "b", 9));
        await().until(() -> reports.contains("other"));

        assertThat(reports).containsExactly("a", "other");
        assertThat(log).isEmpty();
    }

    private GroupView.Registration watch() {
        return locks.watch("leader", values -> reports.add(text(values)));
    }

    private static String text(List<Value> values) {
        return values.isEmpty() ? "" : new String(values.getFirst().content(), UTF_8);
    }

    private static Answer state(long index, String content, long changed) {
        String value = Base64.getEncoder().encodeToString(content.getBytes(UTF_8));
        return new Answer(
                200,
                "[{\"LockIndex\":0,\"Key\":\"openros/leader\",\"Flags\":0,\"Value\":\"" + value
                        + "\",\"CreateIndex\":1,\"ModifyIndex\":" + changed + "}]",
                index);
    }

    private void awaitQueries(int count) {
        await().until(() -> matches().size() >= count);
    }

    private List<Matcher> matches() {
        return consul.requests.stream().map(QUERY::matcher).filter(Matcher::matches).toList();
    }

    private List<Long> indexes() {
        return matches().stream().map(query -> Long.valueOf(query.group(1))).toList();
    }

    private List<Long> waits() {
        return matches().stream().map(query -> Long.valueOf(query.group(2))).toList();
    }
}

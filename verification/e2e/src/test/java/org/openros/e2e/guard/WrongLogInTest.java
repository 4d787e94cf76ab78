// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e.guard;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.e2e.guard.Door.Answer;
import org.openros.e2e.guard.Door.User;
import org.openros.e2e.server.ServerProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Strangers try ten thousand wrong passwords at both interfaces: from few addresses, at one account from many
 * addresses, and at many accounts from many addresses, as a botnet would. The server has a small heap and ends if that
 * does not suffice.
 */
class WrongLogInTest {
    private static final String APP = "stormed-app";
    private static final String OWNER = "owner@example.com";
    private static final String PASSWORD = "right password";
    private static final int TRIES = 10_000;
    private static final int AT_ONCE = 24;

    /** Of all tries, those that no limit can answer: each from an address and at an account of its own. */
    private static final int HASHED = 60;

    @TempDir
    Path folder;

    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private ServerProcess server;
    private Door door;

    @BeforeEach
    void start() {
        server = ServerProcess.start(
                folder.resolve("data"),
                // An account that was attacked has some of its quota back soon, so that the test can wait for it.
                List.of("ros.auth.limits.account-per-minute=20", "ros.auth.password-hashing.patience=20s"),
                List.of("-Xmx160m", "-XX:+ExitOnOutOfMemoryError"));
        door = new Door(server.url(), APP);
    }

    @AfterEach
    void stop() {
        door.close();
        server.close();
    }

    /** The gateway believes this machine, as it would a load balancer. */
    private static String[] from(String address) {
        return new String[] {"X-Forwarded-For", address};
    }

    private void tryWrong(int number) {
        String address = number < TRIES / 2
                ? "203.0.113." + number % 20
                : "10." + (number >> 16) + "." + (number >> 8 & 255) + "." + (number & 255);
        String name = number < TRIES - HASHED ? OWNER : "nobody-" + number + "@example.com";
        boolean older = number % 2 == 0;
        Answer answer = older
                ? door.post("/auth", null, """
                        {"provider": "password", "username": "%s", "password": "wrong password", "register": false}"""
                                .formatted(name), from(address))
                : door.logIn(name, "wrong password", from(address));
        String told = (older ? "/auth " : "sdk ") + answer.error();
        answers.computeIfAbsent(told, each -> new AtomicInteger()).incrementAndGet();
    }

    /** Returns when all have been answered. */
    private void storm() {
        Semaphore free = new Semaphore(AT_ONCE);
        try (ExecutorService strangers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < TRIES; i++) {
                int number = i;
                free.acquireUninterruptibly();
                strangers.submit(() -> {
                    try {
                        tryWrong(number);
                    } finally {
                        free.release();
                    }
                });
            }
        }
    }

    @Test
    void wrongPasswordsAreAllRefusedAndKeepNobodyFromWorking() throws IOException {
        User owner = door.register(OWNER, PASSWORD);
        User other = door.register("other@example.com", PASSWORD);
        RealmName realm = RealmName.of("work");
        int worked = 0;
        long slowest = 0;
        long whole;
        try (RawFile file = RawFile.open(door, owner.access(), realm);
                ExecutorService strangers = Executors.newSingleThreadExecutor()) {
            assertThat(file.putClass()).isTrue();
            long start = System.nanoTime();
            var over = strangers.submit(this::storm);
            while (!over.isDone()) {
                long begin = System.nanoTime();
                assertThat(file.put("work-" + ++worked)).isTrue();
                slowest = Math.max(slowest, System.nanoTime() - begin);
                assertThat(door.sdk("POST", "/auth/session", owner.refresh(), "").status()).isIn(201, 429);
                assertThat(door.logIn("other@example.com", PASSWORD).status()).isEqualTo(200);
            }
            over.get();
            whole = System.nanoTime() - start;
            assertThat(file.put("after all")).isTrue();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }

        assertThat(answers.values().stream().mapToInt(AtomicInteger::get).sum()).as(answers.toString())
                .isEqualTo(TRIES);
        assertThat(answers.keySet())
                .as(answers.toString())
                .containsExactlyInAnyOrder("/auth 401 611", "/auth 429 901", "sdk 401 InvalidPassword",
                        "sdk 429 TooManyRequests");
        assertThat(worked).as("rounds of work meanwhile").isGreaterThan(5);
        assertThat(slowest).as("the slowest upload, in nanoseconds").isLessThan(whole / 4);
        assertThat(door.sdk("GET", "/auth/profile", other.access(), null).status()).isEqualTo(200);
        Awaitility.await("the owner's log-in")
                .atMost(Duration.ofSeconds(15))
                .until(() -> door.logIn(OWNER, PASSWORD, from("198.51.100.1")).status() == 200);
    }
}

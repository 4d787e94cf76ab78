// SPDX-License-Identifier: Apache-2.0
package org.openros.core.email;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openros.core.CoreServicesProperties;
import org.openros.core.http.ApiError;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Argon2id (RFC 9106) with the parameters that OWASP names for servers: 19 MiB, two passes, one lane. So costly a thing
 * must be rationed: a few run at a time, some wait, the rest is told to come again. It has threads of its own: on
 * virtual threads it would hold the processors that all others share, sync sessions of the same process among them.
 * Thread-safe.
 */
final class PasswordHashing implements AutoCloseable {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final String unmatched = unmatchedHash();
    private final CoreServicesProperties.PasswordHashing bounds;
    private final Semaphore running;
    private final ExecutorService threads;

    PasswordHashing(CoreServicesProperties.PasswordHashing bounds) {
        this.bounds = bounds;
        running = new Semaphore(bounds.parallel(), true);
        threads = Executors.newFixedThreadPool(
                bounds.parallel(),
                Thread.ofPlatform().name("password-hashing-", 0).daemon().factory());
    }

    String hash(String password) {
        return inTurn(() -> String.valueOf(encoder.encode(password)));
    }

    /**
     * Whether the password has this hash.
     *
     * @param hash null if there is no such account: the same work is done, so that the time tells nothing
     */
    boolean matches(String password, @Nullable String hash) {
        return inTurn(() -> encoder.matches(password, hash == null ? unmatched : hash)) && hash != null;
    }

    private <T> T inTurn(Supplier<T> work) {
        if (!enter()) {
            throw ApiError.UNAVAILABLE.exception("too many log-ins at once");
        }
        try {
            return threads.submit(work::get).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        } catch (InterruptedException | RejectedExecutionException e) {
            throw ApiError.UNAVAILABLE.exception();
        } finally {
            running.release();
        }
    }

    private boolean enter() {
        if (running.tryAcquire()) {
            return true;
        }
        if (running.getQueueLength() >= bounds.queue()) {
            return false;
        }
        try {
            return running.tryAcquire(bounds.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    /** A hash in the right form that no password is known to have. */
    private static String unmatchedHash() {
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(MEMORY_KIB, PASSES, LANES, randomText(SALT_BYTES), randomText(HASH_BYTES));
    }

    private static String randomText(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}

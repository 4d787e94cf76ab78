// SPDX-License-Identifier: Apache-2.0
package org.openros.stock;

import io.realm.kotlin.internal.interop.AppCallback;
import io.realm.kotlin.internal.interop.sync.AppError;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Waits for what the native client reports from its own threads. */
final class Reply {
    /** Long enough for a busy machine; a test that waits so long fails. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private Reply() {}

    /** Makes an asynchronous call of the app and returns what comes back. */
    static <T> T of(String call, Consumer<AppCallback<T>> start) {
        CompletableFuture<T> reply = new CompletableFuture<>();
        start.accept(new AppCallback<>() {
            @Override
            public void onSuccess(T value) {
                reply.complete(value);
            }

            @Override
            public void onError(AppError error) {
                reply.completeExceptionally(new AppFailure(call, error));
            }
        });
        return get(call, reply);
    }

    static <T> T get(String what, CompletableFuture<T> reply) {
        try {
            return reply.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError(what + ": nothing after " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

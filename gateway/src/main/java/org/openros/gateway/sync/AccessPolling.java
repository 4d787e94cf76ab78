// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openros.gateway.core.AccessNewsSource;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Asks core services every second what has happened to the rights of users. */
final class AccessPolling implements SmartLifecycle {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final AccessNewsSource source;
    private final AccessWatch watch;
    private volatile @Nullable Disposable running;

    AccessPolling(AccessNewsSource source, AccessWatch watch) {
        this.source = source;
        this.watch = watch;
    }

    @Override
    public void start() {
        running = Mono.defer(() -> source.newsAfter(watch.last()))
                .doOnNext(watch::hear)
                .then()
                .onErrorComplete()
                .repeatWhen(rounds -> rounds.delayElements(INTERVAL))
                .subscribe();
    }

    @Override
    public void stop() {
        Disposable rounds = running;
        if (rounds != null) {
            rounds.dispose();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}

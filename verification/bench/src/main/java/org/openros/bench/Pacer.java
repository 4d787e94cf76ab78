// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.openros.bench.client.SyncConnection;

/**
 * The open loop: lets writers of one event loop write in turn at a fixed rate, whether or not the server keeps up. A
 * write that comes late is charged from the moment at which it was due.
 */
final class Pacer {
    private static final long SHORTEST_NAP = 20_000;

    private final List<Writer> writers;
    private final Meter meter;
    private final ObjLongConsumer<Writer> write;
    private final double interval;
    private final long start;
    private long count;

    private Pacer(List<Writer> writers, double perSecond, Meter meter, ObjLongConsumer<Writer> write) {
        this.writers = writers;
        this.meter = meter;
        this.write = write;
        this.interval = 1e9 / perSecond;
        this.start = System.nanoTime();
    }

    /** Starts all writers at a rate per second of all together. */
    static void start(Collection<Writer> writers, double perSecond, Meter meter, ObjLongConsumer<Writer> write) {
        Map<Object, List<Writer>> byLoop = new LinkedHashMap<>();
        for (Writer writer : writers) {
            Object loop = writer.session().connection().loop();
            byLoop.computeIfAbsent(loop, key -> new ArrayList<>()).add(writer);
        }
        for (List<Writer> group : byLoop.values()) {
            double share = perSecond * group.size() / writers.size();
            Pacer pacer = new Pacer(group, share, meter, write);
            pacer.connection().run(pacer::tick);
        }
    }

    private SyncConnection connection() {
        return writers.getFirst().session().connection();
    }

    private void tick() {
        long now = System.nanoTime();
        long due = due();
        while (due - now <= 0 && !meter.isOver(due)) {
            write.accept(writers.get((int) (count % writers.size())), due);
            count++;
            due = due();
        }
        if (!meter.isOver(due)) {
            connection().runAfter(Math.max(due - System.nanoTime(), SHORTEST_NAP), this::tick);
        }
    }

    private long due() {
        return start + (long) (count * interval);
    }
}

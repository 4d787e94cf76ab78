// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.replication.disk.DiskAnswer;

import static org.assertj.core.api.Assertions.assertThat;

final class DiskAgendaTest {
    private static final LogEntry ENTRY = new LogEntry(Position.START, new byte[] {1});
    private static final DiskAgenda.Task TASK =
            new DiskAgenda.Task(9, () -> new DiskAnswer.Located(null, true), () -> {});

    private final DiskAgenda agenda = new DiskAgenda(Duration.ofHours(1));

    private List<DiskAgenda.Item> takeAll() {
        agenda.end();
        List<DiskAgenda.Item> all = new ArrayList<>();
        for (DiskAgenda.Item item = agenda.take(); item != null; item = agenda.take()) {
            all.add(item);
        }
        return all;
    }

    private static DiskAgenda.Appends appends(DiskAgenda.@Nullable Item item) {
        if (item instanceof DiskAgenda.Appends appends) {
            return appends;
        }
        throw new AssertionError("no entries to append, but " + item);
    }

    @Test
    void entriesThatWaitAreOneThingToDo() {
        agenda.append(1, List.of(ENTRY));
        agenda.append(2, List.of(ENTRY, ENTRY));
        DiskAgenda.Appends both = appends(agenda.take());
        assertThat(both.ticket()).isEqualTo(2);
        assertThat(both.entries()).hasSize(3);
    }

    @Test
    void tasksAndEntriesKeepTheirOrder() {
        agenda.takeTime(true);
        agenda.append(1, List.of(ENTRY));
        agenda.add(TASK);
        agenda.append(2, List.of(ENTRY));
        List<DiskAgenda.Item> all = takeAll();
        assertThat(all).hasSize(3);
        assertThat(appends(all.get(0)).ticket()).isEqualTo(1);
        assertThat(all.get(1)).isSameAs(TASK);
        assertThat(appends(all.get(2)).ticket()).isEqualTo(2);
    }

    @Test
    void entriesThatNobodyWaitsForGatherAndComeInTheEnd() {
        DiskAgenda patient = new DiskAgenda(Duration.ofMillis(100));
        patient.takeTime(true);
        patient.append(1, List.of(ENTRY));
        patient.append(2, List.of(ENTRY));
        DiskAgenda.Appends both = appends(patient.take());
        assertThat(both.entries()).hasSize(2);
        assertThat(System.nanoTime()).isGreaterThanOrEqualTo(both.due());
    }

    @Test
    @Timeout(20)
    void aTaskBehindThemDoesNotWaitForThemToGather() {
        agenda.takeTime(true);
        agenda.append(1, List.of(ENTRY));
        agenda.add(TASK);
        assertThat(appends(agenda.take()).ticket()).isEqualTo(1);
        assertThat(agenda.take()).isSameAs(TASK);
    }

    @Test
    @Timeout(20)
    void manyEntriesDoNotGatherFurther() {
        agenda.takeTime(true);
        agenda.append(1, Collections.nCopies(DiskAgenda.AT_ONCE, ENTRY));
        assertThat(appends(agenda.take()).entries()).hasSize(DiskAgenda.AT_ONCE);
    }
}

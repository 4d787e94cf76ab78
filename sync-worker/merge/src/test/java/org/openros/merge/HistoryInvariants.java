// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.HashMap;
import java.util.Map;
import org.openros.changeset.ChangesetParser;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.domain.FileIdent;

import static org.assertj.core.api.Assertions.assertThat;

/** What must hold for a history after every step (merge rules, section 6.10, all but replaying it). */
final class HistoryInvariants {
    private HistoryInvariants() {}

    static void check(MemoryHistory history) {
        clientVersionsGrow(history);
        for (FileIdent client : history.clients()) {
            ClientProgress progress = history.progress(client);
            assertThat(progress.reciprocalBase()).isBetween(0L, history.head());
            formsBelongToForeignEntries(history, client);
        }
        history.entries(0, history.head(), entry -> {
            noKeyWithoutOwner(entry);
            return true;
        });
    }

    private static void clientVersionsGrow(MemoryHistory history) {
        Map<Long, Long> last = new HashMap<>();
        for (MainEntry entry : history.entriesAbove(0)) {
            if (entry.origin() == 0) {
                assertThat(entry.clientVersion()).isZero();
            } else {
                assertThat(entry.clientVersion()).isGreaterThan(last.getOrDefault(entry.origin(), 0L));
                last.put(entry.origin(), entry.clientVersion());
            }
        }
        last.forEach((client, version) -> assertThat(
                        history.progress(new FileIdent(client)).clientVersion())
                .isGreaterThanOrEqualTo(version));
    }

    private static void formsBelongToForeignEntries(MemoryHistory history, FileIdent client) {
        long base = history.progress(client).reciprocalBase();
        for (long version : history.formsOf(client).keySet()) {
            assertThat(version).isGreaterThan(base).isLessThanOrEqualTo(history.head());
            assertThat(history.entry(version).isEmpty()).isFalse();
            assertThat(history.entry(version).origin()).isNotEqualTo(client.value());
        }
    }

    private static void noKeyWithoutOwner(MainEntry entry) {
        for (Instruction instruction : ChangesetParser.parse(entry.changeset()).instructions()) {
            if (instruction instanceof Instruction.OnObject onObject
                    && onObject.key() instanceof ObjectKey.Global(long high, long low)) {
                assertThat(high).as("owner of object %d", low).isNotZero();
            }
        }
    }
}

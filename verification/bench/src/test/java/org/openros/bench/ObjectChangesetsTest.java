// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import org.junit.jupiter.api.Test;
import org.openros.changeset.ChangesetParser;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.Value;

import static org.assertj.core.api.Assertions.assertThat;

class ObjectChangesetsTest {
    @Test
    void eachChangesetCreatesAnotherObject() {
        ObjectChangesets changesets = new ObjectChangesets(7, 40);

        byte[] first = changesets.next();
        byte[] second = changesets.next();

        assertThat(key(first)).isEqualTo("writer00007-000000000");
        assertThat(key(second)).isEqualTo("writer00007-000000001");
        assertThat(first).hasSameSizeAs(second).hasSize(changesets.size());
    }

    @Test
    void textIsNoiseThatCannotBeCompressedAway() {
        ObjectChangesets changesets = new ObjectChangesets(7, 40);

        String first = text(changesets.next());
        String second = text(changesets.next());

        assertThat(first).hasSize(40).isNotEqualTo(second);
        assertThat(first.chars().distinct().count()).isGreaterThan(15);
    }

    @Test
    void objectsMayBeWithoutText() {
        assertThat(text(new ObjectChangesets(7, 0).next())).isEmpty();
    }

    @Test
    void changesetOfTheDefaultPayloadHasAboutTheSizeOfTheReference() {
        assertThat(new ObjectChangesets(0, 40).size()).isBetween(120, 140);
    }

    @Test
    void schemaCanBeParsed() {
        assertThat(ChangesetParser.parse(ObjectChangesets.schema()).instructions()).hasSize(4);
    }

    private static String text(byte[] changeset) {
        var update = (Instruction.Update) ChangesetParser.parse(changeset).instructions().get(1);
        return ((Value.Str) update.value()).value().toUtf8();
    }

    private static String key(byte[] changeset) {
        var create = (Instruction.CreateObject) ChangesetParser.parse(changeset).instructions().getFirst();
        return ((ObjectKey.Str) create.key()).value().toUtf8();
    }
}

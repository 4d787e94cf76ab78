// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import org.junit.jupiter.api.Test;
import org.openros.changeset.ChangesetParser;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;

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
    void changesetOfTheDefaultPayloadHasAboutTheSizeOfTheReference() {
        assertThat(new ObjectChangesets(0, 40).size()).isBetween(120, 140);
    }

    @Test
    void schemaCanBeParsed() {
        assertThat(ChangesetParser.parse(ObjectChangesets.schema()).instructions()).hasSize(4);
    }

    private static String key(byte[] changeset) {
        var create = (Instruction.CreateObject) ChangesetParser.parse(changeset).instructions().getFirst();
        return ((ObjectKey.Str) create.key()).value().toUtf8();
    }
}

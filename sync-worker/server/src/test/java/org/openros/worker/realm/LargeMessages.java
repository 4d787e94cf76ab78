// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetEncoder;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.Value;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.UploadEntry;
import org.openros.protocol.UploadProgress;

/**
 * The uploads of one client with large transactions, in files, so that to make them costs the process that serves
 * nothing.
 */
final class LargeMessages {
    private LargeMessages() {}

    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    }

    /** Writes the schema and some transactions. */
    static void write(Path folder, int transactions, int objects) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("0"), upload(1, RealmFixture.schema()));
        for (int i = 1; i <= transactions; i++) {
            Files.write(folder.resolve(Integer.toString(i)), upload(1 + i, objects(i * (long) objects, objects)));
        }
    }

    static List<byte[]> read(Path folder) throws IOException {
        List<byte[]> messages = new ArrayList<>();
        for (Path file = folder.resolve("0"); Files.exists(file);
                file = folder.resolve(Integer.toString(messages.size()))) {
            messages.add(Files.readAllBytes(file));
        }
        return messages;
    }

    static byte[] upload(long version, Instruction... instructions) {
        UploadEntry entry = new UploadEntry(
                version, 0, 1000 + version, 0,
                ChangesetEncoder.encode(new Changeset(List.of(), List.of(instructions))));
        return new ClientMessage.Upload(
                        RawClient.SESSION, new UploadProgress(version, 0, 0), UploadEntry.encode(List.of(entry)))
                .encode();
    }

    private static Instruction[] objects(long first, int count) {
        List<Instruction> instructions = new ArrayList<>();
        for (long id = first; id < first + count; id++) {
            instructions.add(RealmFixture.create(id));
            instructions.add(RealmFixture.name(id, "object " + Long.toString(id * 0x9E3779B97F4A7C15L, 36)));
            instructions.add(new Instruction.Update(RealmFixture.ITEM, new ObjectKey.Int(id), RealmFixture.SIZE,
                    List.of(),
                    new Value.Int(id), 0, false));
        }
        return instructions.toArray(Instruction[]::new);
    }
}

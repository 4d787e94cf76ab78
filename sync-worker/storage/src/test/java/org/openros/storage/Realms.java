// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openros.domain.FileIdent;
import org.openros.domain.RealmPath;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Short words for test data. */
public final class Realms {
    public static final RealmPath NOTES = new RealmPath("/app/notes");
    public static final FileIdent CLIENT = new FileIdent(2);

    private Realms() {}

    public static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    public static RealmPath realm(int number) {
        return new RealmPath("/app/realm-" + number);
    }

    /** An entry whose fields all follow from its version, with a changeset of the given size. */
    public static HistoryEntry entry(long version, int size) {
        byte[] changeset = new byte[size];
        Arrays.fill(changeset, (byte) version);
        return new HistoryEntry(version, version * 31, 2, version * 2, version * 1000, version * size, changeset);
    }

    public static WriteSet version(RealmPath realm, long version) {
        return new WriteSet(realm, List.of(new Write.PutEntry(entry(version, 100))));
    }

    /** Commits and waits; throws what the listener heard. */
    public static void commit(Storage storage, RealmPath realm, Write... writes) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        storage.commit(new WriteSet(realm, List.of(writes)), failure -> {
            if (failure == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(failure);
            }
        });
        try {
            done.get(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            throw (StorageException) e.getCause();
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError("the commit was not reported", e);
        }
    }

    public static List<Long> versions(RealmStore realm, long after, long through) {
        List<Long> versions = new ArrayList<>();
        realm.entries(after, through, entry -> versions.add(entry.serverVersion()));
        return versions;
    }

    /** Keys and values as "key=value". */
    public static List<String> states(RealmStore realm, String prefix, String after) {
        List<String> found = new ArrayList<>();
        realm.states(bytes(prefix), bytes(after), (key, value) ->
                found.add(new String(key, UTF_8) + "=" + new String(value, UTF_8)));
        return found;
    }

    public static Write putState(String key, String value) {
        return new Write.PutState(bytes(key), bytes(value));
    }
}

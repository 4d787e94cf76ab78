// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openros.core.metadata.FieldValue.Flag;
import org.openros.core.metadata.FieldValue.Moment;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.FieldValue.Whole;

import static org.assertj.core.api.Assertions.assertThat;

/** What every store must do. */
abstract class MetadataStoreContract {
    private static final ObjectRef USER = new ObjectRef(MetadataTable.USER, "6553f0a1c2d3e4f5a6b7c8d9");
    private static final ObjectRef IDENTITY =
            new ObjectRef(MetadataTable.IDENTITY, "app/local-userpass/ann \"é\"&+%/?#=@example.com");

    /** An empty store. */
    abstract MetadataStore store();

    @Test
    void nothingIsFoundInAnEmptyStore() {
        assertThat(store().find(USER)).isNull();
        assertThat(store().isReachable()).isTrue();
    }

    @Test
    void everyTypeOfValueComesBack() {
        Instant time = Instant.parse("2026-01-02T03:04:05.000000006Z");
        Transaction transaction = Transaction.begin()
                .requireAbsent(USER)
                .create(USER)
                .set(USER, "app", new Text("app \ud83d\ude00"))
                .set(USER, "disabled", new Flag(true))
                .set(USER, "createdAt", new Moment(time))
                .set(USER, "linkCount", new Whole(Long.MIN_VALUE))
                .put(USER, "identities", "a", new Text("x"))
                .put(USER, "logins", "b", new Moment(Instant.EPOCH.minusSeconds(1)))
                .build();
        assertThat(store().commit(transaction)).isTrue();
        assertThat(store().find(USER)).isNotNull().satisfies(user -> {
            assertThat(user.text("app")).isEqualTo("app \ud83d\ude00");
            assertThat(user.flag("disabled")).isTrue();
            assertThat(user.moment("createdAt")).isEqualTo(time);
            assertThat(user.whole("linkCount")).isEqualTo(Long.MIN_VALUE);
            assertThat(user.entries("identities")).isEqualTo(Map.of("a", new Text("x")));
            assertThat(user.entries("logins"))
                    .isEqualTo(Map.of("b", new Moment(Instant.EPOCH.minusSeconds(1))));
        });
    }

    @Test
    void awkwardKeysAreFoundAgain() {
        assertThat(store().commit(Transaction.begin().create(IDENTITY).build())).isTrue();
        assertThat(store().find(IDENTITY)).isNotNull();
        assertThat(store().find(new ObjectRef(MetadataTable.IDENTITY, "app/local-userpass/ann"))).isNull();
    }

    @Test
    void transactionWithABrokenConditionChangesNothing() {
        Transaction add = Transaction.begin().requireAbsent(USER).create(USER).create(IDENTITY).build();
        assertThat(store().commit(Transaction.begin().requireExists(USER).create(IDENTITY).build())).isFalse();
        assertThat(store().find(IDENTITY)).isNull();
        assertThat(store().commit(add)).isTrue();
        assertThat(store().commit(add)).isFalse();
    }

    @Test
    void fieldConditionsTellValuesAndAbsenceApart() {
        store().commit(Transaction.begin().create(IDENTITY).set(IDENTITY, "identityId", new Text("1")).build());
        Transaction first = Transaction.begin()
                .requireEquals(IDENTITY, "user", null)
                .set(IDENTITY, "user", new Text("u1"))
                .build();
        assertThat(store().commit(first)).isTrue();
        assertThat(store().commit(first)).isFalse();
        assertThat(store().commit(Transaction.begin()
                        .requireEquals(IDENTITY, "user", new Text("u2")).erase(IDENTITY).build())).isFalse();
        assertThat(store().commit(Transaction.begin()
                        .requireEquals(IDENTITY, "user", new Text("u1")).erase(IDENTITY).build())).isTrue();
        assertThat(store().find(IDENTITY)).isNull();
        assertThat(store().commit(first)).isFalse();
    }

    @Test
    void entriesAreRemovedAndErasedObjectsComeBackEmpty() {
        store().commit(Transaction.begin()
                .create(USER)
                .put(USER, "logins", "a", new Moment(Instant.EPOCH))
                .put(USER, "logins", "b", new Moment(Instant.EPOCH))
                .build());
        store().commit(Transaction.begin()
                .remove(USER, "logins", "a")
                .remove(USER, "logins", "never there")
                .build());
        assertThat(store().find(USER)).isNotNull()
                .satisfies(user -> assertThat(user.entries("logins")).containsOnlyKeys("b"));
        store().commit(Transaction.begin().erase(USER).build());
        store().commit(Transaction.begin().create(USER).build());
        assertThat(store().find(USER)).isNotNull()
                .satisfies(user -> assertThat(user.entries("logins")).isEmpty());
    }

    @Test
    void objectsWhoseKeysBeginAlikeAreListedInOrderAPageAtATime() {
        Transaction.Builder add = Transaction.begin();
        for (String key : List.of("a", "b 2", "b 1", "b 3", "b/1 1", "c 1")) {
            ObjectRef grant = new ObjectRef(MetadataTable.GRANT, key);
            add.create(grant).set(grant, "path", new Text("of " + key));
        }
        assertThat(store().commit(add.build())).isTrue();

        List<KeyedObject> first = store().list(MetadataTable.GRANT, "b ", null, 2);
        assertThat(first).extracting(KeyedObject::key).containsExactly("b 1", "b 2");
        assertThat(first.getFirst().object().text("path")).isEqualTo("of b 1");
        assertThat(store().list(MetadataTable.GRANT, "b ", "b 2", 2))
                .extracting(KeyedObject::key).containsExactly("b 3");
        assertThat(store().list(MetadataTable.GRANT, "d ", null, 2)).isEmpty();
        assertThat(store().list(MetadataTable.GRANT, "", null, 100)).hasSize(6);
        assertThat(store().list(MetadataTable.GRANTEE, "", null, 100)).isEmpty();
    }

    @Test
    void oneOfManySimultaneousClaimsWins() throws Exception {
        store().commit(Transaction.begin().create(USER).build());
        List<Callable<Boolean>> claims = IntStream.range(0, 16)
                .<Callable<Boolean>>mapToObj(i -> () -> store().commit(Transaction.begin()
                        .requireAbsent(IDENTITY)
                        .create(IDENTITY)
                        .set(IDENTITY, "user", new Text("u" + i))
                        .build()))
                .toList();
        int won = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(claims.size())) {
            for (Future<Boolean> claim : threads.invokeAll(claims)) {
                won += claim.get() ? 1 : 0;
            }
        }
        assertThat(won).isEqualTo(1);
    }
}

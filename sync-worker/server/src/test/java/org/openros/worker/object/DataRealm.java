// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetJson;
import org.openros.domain.RealmPath;
import org.openros.storage.HistoryEntry;
import org.openros.storage.memory.InMemoryStorage;
import org.openros.worker.realm.HistoryNews;
import org.openros.worker.realm.LeadershipCheck;
import org.openros.worker.realm.RealmReader;
import org.openros.worker.realm.RealmSettings;
import org.openros.worker.realm.Realms;
import org.openros.worker.realm.Transaction;
import org.openros.worker.realm.UnheardEvents;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One realm on a storage in memory, with a schema that has one of everything. */
final class DataRealm implements AutoCloseable {
    static final RealmPath PATH = new RealmPath("/app/data");

    /** Every type of property, alone and in collections. */
    static final String SCHEMA = """
            [{"op":"AddTable","table":"Dog","kind":"topLevel","pkField":"_id","pkType":"string","pkNullable":true},
             {"op":"AddTable","table":"Item","kind":"topLevel","pkField":"_id","pkType":"int","pkNullable":false},
             {"op":"AddTable","table":"Note","kind":"topLevel","pkField":"","pkType":"globalKey","pkNullable":false},
             {"op":"AddTable","table":"Line","kind":"embedded"},
             {"op":"AddColumn","table":"Dog","field":"name","type":"string","nullable":false,"collection":"single"},
             {"op":"AddColumn","table":"Note","field":"text","type":"string","nullable":true,"collection":"single"},
             {"op":"AddColumn","table":"Line","field":"qty","type":"int","nullable":false,"collection":"single"},
             {"op":"AddColumn","table":"Line","field":"tags","type":"string","nullable":false,"collection":"list"},
             {"op":"AddColumn","table":"Item","field":"i","type":"int","nullable":true,"collection":"single"},
             {"op":"AddColumn","table":"Item","field":"b","type":"bool","nullable":false,"collection":"single"},
             {"op":"AddColumn","table":"Item","field":"s","type":"string","nullable":true,"collection":"single"},
             {"op":"AddColumn","table":"Item","field":"bin","type":"binary","nullable":true,"collection":"single"},
             {"op":"AddColumn","table":"Item","field":"t","type":"timestamp","nullable":true,"collection":"single"},
             {"op":"AddColumn","table":"Item","field":"f","type":"float","nullable":true,"collection":"single"},
             {"op":"AddColumn","table":"Item","field":"d","type":"double","nullable":true,"collection":"single"},
             {"op":"AddColumn","table":"Item","field":"dec","type":"decimal","nullable":true,"collection":"single"},
             {"op":"AddColumn","table":"Item","field":"oid","type":"objectId","nullable":true,"collection":"single"},
             {"op":"AddColumn","table":"Item","field":"u","type":"uuid","nullable":true,"collection":"single"},
             {"op":"AddColumn","table":"Item","field":"m","type":"mixed","nullable":true,"collection":"single"},
             {"op":"AddColumn","table":"Item","field":"dog","type":"link","nullable":true,"collection":"single",
              "linkTarget":"Dog"},
             {"op":"AddColumn","table":"Item","field":"line","type":"link","nullable":true,"collection":"single",
              "linkTarget":"Line"},
             {"op":"AddColumn","table":"Item","field":"ints","type":"int","nullable":true,"collection":"list"},
             {"op":"AddColumn","table":"Item","field":"dogs","type":"link","nullable":false,"collection":"list",
              "linkTarget":"Dog"},
             {"op":"AddColumn","table":"Item","field":"lines","type":"link","nullable":false,"collection":"list",
              "linkTarget":"Line"},
             {"op":"AddColumn","table":"Item","field":"anys","type":"mixed","nullable":true,"collection":"list"},
             {"op":"AddColumn","table":"Item","field":"set","type":"string","nullable":true,"collection":"set"},
             {"op":"AddColumn","table":"Item","field":"mset","type":"mixed","nullable":true,"collection":"set"},
             {"op":"AddColumn","table":"Item","field":"map","type":"mixed","nullable":true,"collection":"dictionary",
              "keyType":"string"},
             {"op":"AddColumn","table":"Item","field":"lineMap","type":"link","nullable":true,"collection":"dictionary",
              "linkTarget":"Line","keyType":"string"}]""";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final InMemoryStorage storage = new InMemoryStorage();
    private final ForkJoinPool threads = new ForkJoinPool(2);
    final Realms realms = new Realms(
            storage, threads, RealmSettings.DEFAULT, new UnheardEvents(), LeadershipCheck.CERTAIN, Clock.systemUTC());

    DataRealm() {
        change(SCHEMA);
    }

    /** Makes changes in the notation of changesets. */
    void change(String instructions) {
        CompletableFuture<Transaction.Outcome> outcome = new CompletableFuture<>();
        Transaction transaction = new Transaction(
                List.of(), new Changeset(List.of(), ChangesetJson.readInstructions(JSON.readTree(instructions))));
        realms.transact(PATH, transaction, outcome::complete);
        if (!(of(outcome) instanceof Transaction.Outcome.Committed)) {
            throw new AssertionError(of(outcome).toString());
        }
    }

    <T> T read(Function<RealmReader, T> query) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        realms.read(
                PATH,
                query,
                answer::complete,
                reason -> answer.completeExceptionally(new AssertionError(reason)));
        return of(answer);
    }

    /** Makes a change as its asker would have it made. */
    ResponseEntity<JsonNode> edit(Change change) {
        CompletableFuture<ResponseEntity<JsonNode>> answer = new CompletableFuture<>();
        realms.edit(
                PATH,
                change::run,
                (reply, version) -> answer.complete(reply.reply()),
                outcome -> answer.completeExceptionally(new AssertionError(outcome.toString())));
        return of(answer);
    }

    /** The history behind a version. */
    List<HistoryEntry> history(long after) {
        CompletableFuture<HistoryNews> news = new CompletableFuture<>();
        realms.watch(PATH, new HistoryNews.Position(after, 0), false, Long.MAX_VALUE, news::complete);
        return ((HistoryNews.Entries) of(news)).entries();
    }

    static <T> T of(CompletableFuture<T> future) {
        return future.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        realms.close("test ends");
        storage.close();
        threads.shutdownNow();
    }
}

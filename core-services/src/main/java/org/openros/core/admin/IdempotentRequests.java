// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.HexIds;
import org.openros.core.metadata.FieldValue.Moment;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.FieldValue.Whole;
import org.openros.core.metadata.KeyedObject;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;
import org.openros.core.problem.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests with an {@code Idempotency-Key}: each is done once, its answer is given again for a day, whichever process
 * is asked. A request that was refused or failed is forgotten, and may be sent again. Thread-safe; blocks.
 */
final class IdempotentRequests {
    private static final Duration KEPT = Duration.ofHours(24);

    /** Who took up a request and has not finished it by then has died. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final String HEADER = "Idempotency-Key";
    private static final String DIGEST = "digest";
    private static final String BEGUN = "begunAt";
    private static final String ATTEMPT = "attempt";
    private static final String STATUS = "status";
    private static final String ANSWER = "answer";
    private static final String LOCATION = "location";
    private static final String BODY = "body";

    private final MetadataStore store;
    private final Clock clock;
    private final JsonMapper json;

    IdempotentRequests(MetadataStore store, Clock clock, JsonMapper json) {
        this.store = store;
        this.clock = clock;
        this.json = json;
    }

    <T> ResponseEntity<T> once(
            String caller,
            ServerHttpRequest request,
            @Nullable Object body,
            Class<T> type,
            Supplier<ResponseEntity<T>> work) {
        String key = request.getHeaders().getFirst(HEADER);
        if (key == null) {
            return work.get();
        }
        if (!KEY.matcher(key).matches()) {
            throw Problem.invalid(HEADER, "has 1 to 200 visible ASCII characters");
        }
        ObjectRef ref = new ObjectRef(
                MetadataTable.IDEMPOTENT_REQUEST,
                digest(String.join("\n", caller, request.getMethod().name(), target(request.getURI()), key)
                        .getBytes(StandardCharsets.UTF_8)));
        // With the key, which nobody else knows: a body may hold a password.
        String digest = digest((key + "\n" + json.writeValueAsString(body)).getBytes(StandardCharsets.UTF_8));
        String attempt = HexIds.next(clock.instant());
        StoredObject done = begin(ref, digest, attempt);
        return done == null ? carryOut(ref, attempt, work) : again(done, type);
    }

    /** Without the address: each process has another one. */
    private static String target(URI uri) {
        return uri.getRawPath() + '?' + uri.getRawQuery();
    }

    /** The answer of before, or null if the request is to be carried out now. */
    private @Nullable StoredObject begin(ObjectRef ref, String digest, String attempt) {
        StoredObject found = store.find(ref);
        Transaction.Builder transaction = Transaction.begin();
        if (found == null) {
            transaction.requireAbsent(ref);
        } else {
            boolean old = isBefore(found, KEPT);
            if (!old && !digest.equals(found.text(DIGEST))) {
                throw Problem.invalid(HEADER, "was used for another request");
            }
            if (!old && found.whole(STATUS) > 0) {
                return found;
            }
            if (!isBefore(found, PATIENCE)) {
                throw busy();
            }
            transaction.requireEquals(ref, ATTEMPT, new Text(String.valueOf(found.text(ATTEMPT)))).erase(ref);
        }
        transaction
                .create(ref)
                .set(ref, DIGEST, new Text(digest))
                .set(ref, BEGUN, new Moment(clock.instant()))
                .set(ref, ATTEMPT, new Text(attempt))
                .set(ref, STATUS, new Whole(0));
        if (!store.commit(transaction.build()) && !isMine(ref, attempt)) {
            throw busy();
        }
        return null;
    }

    private boolean isBefore(StoredObject found, Duration age) {
        return found.moment(BEGUN).isBefore(clock.instant().minus(age));
    }

    private boolean isMine(ObjectRef ref, String attempt) {
        StoredObject found = store.find(ref);
        return found != null && attempt.equals(found.text(ATTEMPT));
    }

    private static RuntimeException busy() {
        return Problem.CONFLICT.exception("a request with this Idempotency-Key is being carried out: try again");
    }

    private <T> ResponseEntity<T> carryOut(ObjectRef ref, String attempt, Supplier<ResponseEntity<T>> work) {
        boolean done = false;
        try {
            ResponseEntity<T> answer = work.get();
            keep(ref, attempt, answer);
            done = true;
            return answer;
        } finally {
            if (!done) {
                forget(ref, attempt);
            }
        }
    }

    private void keep(ObjectRef ref, String attempt, ResponseEntity<?> answer) {
        ObjectNode kept = json.createObjectNode();
        URI location = answer.getHeaders().getLocation();
        kept.put(LOCATION, location == null ? null : location.toString());
        kept.put(HttpHeaders.ETAG, answer.getHeaders().getETag());
        kept.set(BODY, json.valueToTree(answer.getBody()));
        store.commit(Transaction.begin()
                .requireEquals(ref, ATTEMPT, new Text(attempt))
                .set(ref, STATUS, new Whole(answer.getStatusCode().value()))
                .set(ref, ANSWER, new Text(kept.toString()))
                .build());
    }

    /** Runs out by itself if the store is away. */
    private void forget(ObjectRef ref, String attempt) {
        try {
            store.commit(Transaction.begin()
                    .requireEquals(ref, ATTEMPT, new Text(attempt))
                    .erase(ref)
                    .build());
        } catch (StoreUnavailableException e) {
            return;
        }
    }

    private <T> ResponseEntity<T> again(StoredObject done, Class<T> type) {
        JsonNode kept = json.readTree(String.valueOf(done.text(ANSWER)));
        ResponseEntity.BodyBuilder answer = ResponseEntity.status((int) done.whole(STATUS));
        if (kept.path(LOCATION).isString()) {
            answer.location(URI.create(kept.path(LOCATION).stringValue()));
        }
        if (kept.path(HttpHeaders.ETAG).isString()) {
            answer.eTag(kept.path(HttpHeaders.ETAG).stringValue());
        }
        return answer.header("Idempotency-Replayed", "true").body(json.treeToValue(kept.path(BODY), type));
    }

    /** Removes answers that are no longer given, a part of them at a time. */
    void sweep() {
        Instant end = clock.instant().minus(KEPT);
        String last = null;
        List<KeyedObject> page;
        do {
            page = store.list(MetadataTable.IDEMPOTENT_REQUEST, "", last, MetadataStore.MAX_PAGE);
            for (KeyedObject kept : page) {
                last = kept.key();
                if (kept.object().moment(BEGUN).isBefore(end)) {
                    store.commit(Transaction.begin()
                            .erase(new ObjectRef(MetadataTable.IDEMPOTENT_REQUEST, kept.key()))
                            .build());
                }
            }
        } while (page.size() == MetadataStore.MAX_PAGE);
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}

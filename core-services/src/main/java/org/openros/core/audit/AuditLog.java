// SPDX-License-Identifier: Apache-2.0
package org.openros.core.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Identity;
import org.openros.core.http.ApiException;
import org.openros.core.http.ClientAddress;
import org.openros.core.http.RequestNames;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.problem.ProblemException;
import org.openros.domain.AppId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import tools.jackson.databind.json.JsonMapper;

/**
 * The audit log: one JSON object a line, through the logger {@value #LOGGER}. It never holds passwords, tokens or
 * e-mail addresses; an account is told by a digest, so that lines about the same one can be found. Thread-safe.
 */
public final class AuditLog {
    /** The name of the logger. */
    public static final String LOGGER = "org.openros.audit";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
    private static final int DIGEST_BYTES = 8;

    private final JsonMapper json;
    private final Clock clock;

    AuditLog(JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /** Begins to tell of a request. */
    public Entry entry(AuditEvent event, ServerHttpRequest request) {
        return new Entry(event, ClientAddress.of(request)).with(RequestNames.KEY, RequestNames.of(request));
    }

    /** What names the account of an e-mail address, whatever its spelling. */
    public static String account(AppId app, String email) {
        return app + "/" + email.strip().toLowerCase(Locale.ROOT);
    }

    /** One line in the making. Used by one thread. */
    public final class Entry {
        private final Map<String, Object> line = new LinkedHashMap<>();

        private Entry(AuditEvent event, String address) {
            line.put("time", clock.instant().toString());
            line.put("event", event.label());
            line.put("address", address);
        }

        /** Adds a fact that is no secret; null adds nothing. */
        public Entry with(String name, @Nullable Object value) {
            if (value != null) {
                line.put(name, value.toString());
            }
            return this;
        }

        /** Adds an account by a digest of what names it. */
        public Entry account(@Nullable String name) {
            return with("account", name == null ? null : digest(name));
        }

        /** Adds whom a way in belongs to. */
        public Entry told(Identity identity) {
            return with("app", identity.key().app())
                    .account(AuditLog.account(identity.key().app(), identity.key().subject()))
                    .with("user", identity.userId());
        }

        /** Does what the line is about, and writes it with the outcome. */
        public <T> T run(Function<Entry, T> work) {
            T result = runAndTellRefusal(work);
            line.put("outcome", "done");
            write();
            return result;
        }

        /** Does what the line is about, and writes it only if that is refused or fails. */
        public <T> T runAndTellRefusal(Function<Entry, T> work) {
            try {
                return work.apply(this);
            } catch (ApiException e) {
                refused(e);
                throw e;
            } catch (ProblemException e) {
                line.put("outcome", e.problem().status() < 500 ? "refused" : "failed");
                line.put("reason", e.problem().name().toLowerCase(Locale.ROOT));
                write();
                throw e;
            } catch (StoreUnavailableException e) {
                line.put("outcome", "failed");
                write();
                throw e;
            }
        }

        /** Writes the line with the reason of a refusal. */
        public void refused(ApiException reason) {
            line.put("outcome", reason.error().isRefusal() ? "refused" : "failed");
            line.put("reason", reason.error().name().toLowerCase(Locale.ROOT));
            write();
        }

        private void write() {
            if (LOG.isInfoEnabled()) {
                LOG.info(json.writeValueAsString(line));
            }
        }
    }

    private static String digest(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}

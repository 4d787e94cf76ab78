// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.FieldValue.Flag;
import org.openros.core.metadata.FieldValue.Moment;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.FieldValue.Whole;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;

import static org.openros.core.account.Attempts.untilCommitted;

/**
 * The tokens in mails. An identity has at most one for each purpose, the last one sent; it works once, and using it and
 * its effect are one transaction. Thread-safe; blocks; each method throws {@link StoreUnavailableException} when the
 * store cannot say.
 */
public final class MailTokens {
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final String IDENTITY = "identity";
    private static final String DIGEST = "digest";
    private static final String EXPIRES_AT = "expiresAt";
    private static final String WINDOW_START = "windowStart";
    private static final String SENT = "sent";

    private final MetadataStore store;
    private final Accounts accounts;
    private final Clock clock;

    /** Creates the object. */
    public MailTokens(MetadataStore store, Accounts accounts, Clock clock) {
        this.store = store;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * Makes a new token in place of the one before.
     *
     * @param perHour how many are made for one identity and purpose in an hour; counted in the store
     * @return null if that many have been made
     */
    public @Nullable MailProof issue(Identity identity, MailPurpose purpose, Duration life, int perHour) {
        MailProof proof = MailProof.next(recordId(identity.key(), purpose));
        return untilCommitted(() -> issueOnce(identity, proof, life, perHour)).proof();
    }

    private @Nullable Issued issueOnce(Identity identity, MailProof proof, Duration life, int perHour) {
        ObjectRef record = record(proof.id());
        StoredObject old = store.find(record);
        Instant now = clock.instant();
        boolean newWindow = old == null || !old.moment(WINDOW_START).plus(WINDOW).isAfter(now);
        long sent = newWindow || old == null ? 0 : old.whole(SENT);
        if (old != null && proof.digest().equals(old.text(DIGEST))) {
            return new Issued(proof);
        }
        if (sent >= perHour) {
            return new Issued(null);
        }
        Transaction.Builder transaction = Transaction.begin();
        if (old == null) {
            transaction.requireAbsent(record).create(record);
        } else {
            transaction.requireEquals(record, DIGEST, new Text(String.valueOf(old.text(DIGEST))));
        }
        transaction
                .set(record, IDENTITY, new Text(identity.key().text()))
                .set(record, AccountRecords.IDENTITY_ID, new Text(identity.id()))
                .set(record, DIGEST, new Text(proof.digest()))
                .set(record, EXPIRES_AT, new Moment(now.plus(life)))
                .set(record, WINDOW_START, new Moment(newWindow || old == null ? now : old.moment(WINDOW_START)))
                .set(record, SENT, new Whole(sent + 1));
        return store.commit(transaction.build()) ? new Issued(proof) : null;
    }

    /** Whose token it is, or null if it is unknown, used, replaced or too old. Uses nothing up. */
    public @Nullable Identity find(MailProof proof, MailPurpose purpose) {
        StoredObject stored = proof.isWellFormed() ? store.find(record(proof.id())) : null;
        if (stored == null || !stored.moment(EXPIRES_AT).isAfter(clock.instant()) || !matches(proof, stored)) {
            return null;
        }
        IdentityKey key = IdentityKey.parse(String.valueOf(stored.text(IDENTITY)));
        if (key == null || !recordId(key, purpose).equals(proof.id())) {
            return null;
        }
        Identity identity = accounts.findIdentity(key);
        boolean same = identity != null && identity.id().equals(stored.text(AccountRecords.IDENTITY_ID));
        return same ? identity : null;
    }

    private static boolean matches(MailProof proof, StoredObject stored) {
        return MessageDigest.isEqual(
                proof.digest().getBytes(StandardCharsets.US_ASCII),
                String.valueOf(stored.text(DIGEST)).getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Confirms the address of the token and uses the token up.
     *
     * @param owner as {@link #find} told
     * @return false if something has changed meanwhile: find it again
     */
    public boolean confirm(Identity owner, MailProof proof) {
        Transaction.Builder transaction = Transaction.begin();
        use(transaction, owner, proof);
        transaction.set(owner.key().object(), AccountRecords.UNCONFIRMED, new Flag(false));
        return store.commit(transaction.build()) || isConfirmed(owner);
    }

    private boolean isConfirmed(Identity owner) {
        Identity now = accounts.findIdentity(owner.key());
        return now != null && now.id().equals(owner.id()) && !now.unconfirmed();
    }

    /**
     * Gives the address of the token a new password, confirms it, ends all log-ins of its user, and uses the token up.
     *
     * @param owner as {@link #find} told
     * @return false if something has changed meanwhile: find it again
     */
    public boolean resetPassword(Identity owner, MailProof proof, String passwordHash) {
        boolean done = accounts.commitFor(owner.userId(), transaction -> {
            use(transaction, owner, proof);
            accounts.changePassword(transaction, owner, passwordHash, null);
        });
        return done || accounts.hasPassword(owner, passwordHash);
    }

    private static void use(Transaction.Builder transaction, Identity owner, MailProof proof) {
        ObjectRef record = record(proof.id());
        transaction
                .requireEquals(record, DIGEST, new Text(proof.digest()))
                .requireEquals(owner.key().object(), AccountRecords.IDENTITY_ID, new Text(owner.id()))
                .erase(record);
    }

    private static ObjectRef record(String id) {
        return new ObjectRef(MetadataTable.MAIL_TOKEN, id);
    }

    private static String recordId(IdentityKey key, MailPurpose purpose) {
        return HexIds.ofName(purpose.label() + "/" + key.text());
    }

    /** A token, or null if too many were made. */
    private record Issued(@Nullable MailProof proof) {}
}

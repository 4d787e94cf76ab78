// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.FieldValue.Flag;
import org.openros.core.metadata.FieldValue.Moment;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.FieldValue.Whole;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;
import org.openros.domain.AppId;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How users and identities lie in their classes. */
final class AccountRecords {
    static final String USER = "user";
    static final String LAST_END = "lastEnd";
    static final String LINK_COUNT = "linkCount";
    static final String DISABLED = "disabled";
    static final String IDENTITY_ID = "identityId";
    static final String PASSWORD_HASH = "passwordHash";
    static final String UNCONFIRMED = "unconfirmed";
    private static final String APP = "app";
    static final String CREATED_AT = "createdAt";
    private static final String IDENTITIES = "identities";
    private static final String LOGINS = "logins";
    private static final String NAME = "name";
    private static final String PROFILE = "profile";
    private static final String CUSTOM_DATA = "customData";
    private static final String ADMIN = "admin";
    private static final String METADATA = "metadata";
    private static final JsonMapper JSON = new JsonMapper();

    private AccountRecords() {}

    static User user(String id, StoredObject object) {
        Map<String, IdentityKey> identities = new HashMap<>();
        object.entries(IDENTITIES).forEach((identityId, value) -> {
            IdentityKey key = value instanceof Text(String text) ? IdentityKey.parse(text) : null;
            if (key != null) {
                identities.put(identityId, key);
            }
        });
        Map<String, Instant> logins = new HashMap<>();
        object.entries(LOGINS).forEach((loginId, value) -> {
            if (value instanceof Moment(Instant end)) {
                logins.put(loginId, end);
            }
        });
        return new User(
                id,
                new AppId(required(object, APP)),
                object.flag(DISABLED),
                object.whole(LINK_COUNT),
                Map.copyOf(identities),
                Map.copyOf(logins),
                profile(object),
                object.text(CUSTOM_DATA),
                object.flag(ADMIN),
                metadata(object.text(METADATA)),
                object.text(LAST_END));
    }

    private static Map<String, String> metadata(@Nullable String text) {
        return text == null ? Map.of() : JSON.readValue(text, new TypeReference<Map<String, String>>() {});
    }

    static void setAttributes(Transaction.Builder transaction, ObjectRef user, boolean admin,
            Map<String, String> metadata) {
        transaction.set(user, ADMIN, new Flag(admin));
        transaction.set(user, METADATA, new Text(JSON.writeValueAsString(new TreeMap<>(metadata))));
    }

    private static Map<String, String> profile(StoredObject object) {
        Map<String, String> profile = new TreeMap<>();
        object.entries(PROFILE).forEach((name, value) -> {
            if (value instanceof Text(String text)) {
                profile.put(name, text);
            }
        });
        return Collections.unmodifiableMap(profile);
    }

    static Identity identity(IdentityKey key, StoredObject object) {
        return new Identity(
                key,
                required(object, IDENTITY_ID),
                object.text(USER),
                object.text(PASSWORD_HASH),
                object.flag(UNCONFIRMED));
    }

    static ApiKey apiKey(IdentityKey key, StoredObject object) {
        return new ApiKey(
                key,
                required(object, IDENTITY_ID),
                required(object, USER),
                required(object, NAME),
                object.flag(DISABLED));
    }

    private static String required(StoredObject object, String field) {
        String text = object.text(field);
        if (text == null) {
            throw new StoreUnavailableException("a record lacks its field " + field);
        }
        return text;
    }

    static void addUser(Transaction.Builder transaction, String userId, AppId app, Instant now) {
        ObjectRef user = new ObjectRef(MetadataTable.USER, userId);
        transaction
                .requireAbsent(user)
                .create(user)
                .set(user, APP, new Text(app.value()))
                .set(user, DISABLED, new Flag(false))
                .set(user, CREATED_AT, new Moment(now))
                .set(user, LINK_COUNT, new Whole(1));
    }

    static void addIdentity(
            Transaction.Builder transaction, IdentityKey key, String id, @Nullable String passwordHash, Instant now) {
        ObjectRef identity = key.object();
        transaction
                .requireAbsent(identity)
                .create(identity)
                .set(identity, IDENTITY_ID, new Text(id))
                .set(identity, CREATED_AT, new Moment(now));
        if (passwordHash != null) {
            transaction.set(identity, PASSWORD_HASH, new Text(passwordHash));
        }
    }

    /** Lets the identity lead to the user. */
    static void tie(Transaction.Builder transaction, IdentityKey key, String identityId, String userId) {
        transaction
                .set(key.object(), USER, new Text(userId))
                .put(new ObjectRef(MetadataTable.USER, userId), IDENTITIES, identityId, new Text(key.text()));
    }

    /** Makes a way in of this name and lets it lead to the user. */
    static void addApiKey(Transaction.Builder transaction, ApiKey key, Instant now) {
        addIdentity(transaction, key.identity(), key.id(), null, now);
        transaction.set(key.identity().object(), NAME, new Text(key.name()));
        tie(transaction, key.identity(), key.id(), key.owner());
    }

    /** Removes the way in; the user must be there. */
    static void removeApiKey(Transaction.Builder transaction, ApiKey key) {
        transaction
                .erase(key.identity().object())
                .remove(new ObjectRef(MetadataTable.USER, key.owner()), IDENTITIES, key.id());
    }

    /** Tells of the user what is not known yet. */
    static void addToProfile(
            Transaction.Builder transaction, String userId, Map<String, String> known, Map<String, String> told) {
        told.forEach((name, value) -> {
            if (!value.equals(known.get(name))) {
                transaction.put(new ObjectRef(MetadataTable.USER, userId), PROFILE, name, new Text(value));
            }
        });
    }

    /** Adds the condition that nothing of the user has changed but what its log-ins change. */
    static void requireUnchanged(Transaction.Builder transaction, User user) {
        String customData = user.customData();
        transaction
                .requireEquals(user.object(), LINK_COUNT, new Whole(user.linkCount()))
                .requireEquals(user.object(), DISABLED, new Flag(user.disabled()))
                .requireEquals(user.object(), CUSTOM_DATA, customData == null ? null : new Text(customData));
    }

    static void setCustomData(Transaction.Builder transaction, String userId, String customData) {
        transaction.set(new ObjectRef(MetadataTable.USER, userId), CUSTOM_DATA, new Text(customData));
    }

    static void addLogin(Transaction.Builder transaction, String userId, NewLogin login) {
        transaction.put(new ObjectRef(MetadataTable.USER, userId), LOGINS, login.id(), new Moment(login.endsAt()));
    }

    static void removeLogin(Transaction.Builder transaction, String userId, String loginId) {
        transaction.remove(new ObjectRef(MetadataTable.USER, userId), LOGINS, loginId);
    }
}

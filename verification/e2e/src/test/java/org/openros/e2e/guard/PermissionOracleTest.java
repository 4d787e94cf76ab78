// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e.guard;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.e2e.guard.Door.Answer;
import org.openros.e2e.guard.Door.User;
import org.openros.e2e.guard.Oracle.Level;
import org.openros.e2e.server.AdminClient;
import org.openros.e2e.server.ServerProcess;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random rights, changed at all interfaces by whoever may and by whoever may not, and random operations at all
 * interfaces: sync, {@code /auth}, {@code /realms}, {@code /permissions}, {@code /admin/v1} with the object API, the
 * calls of SDKs. An {@link Oracle} says what is allowed. Nobody reads or writes what it forbids, and what it allows
 * works.
 *
 * <p>The message of a failure has seed and round; {@code -De2e.seed=<seed>} repeats it.
 */
class PermissionOracleTest {
    private static final String APP = "oracle-app";
    private static final int USERS = 3;
    private static final int ROUNDS = 4;
    private static final int CHANGES = 8;
    private static final int PAIRS = 8;
    private static final Duration PROPAGATION = Duration.ofSeconds(5);
    private static final RealmName MARKER = RealmName.of("marker");

    private final long seed = Long.getLong("e2e.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Oracle oracle = new Oracle();
    private final List<User> users = new ArrayList<>();
    private final List<RealmName> realms = new ArrayList<>();

    @TempDir
    Path folder;

    private ServerProcess server;
    private Door door;
    private String admin;
    private User root;
    private Attempts attempts;
    private String where = "";
    private int keys;

    @BeforeEach
    void start() throws IOException {
        server = ServerProcess.start(folder.resolve("data"), Oracle.RULES);
        door = new Door(server.url(), APP);
        admin = AdminClient.token(server.data());
        attempts = new Attempts(door, admin);
        for (int i = 0; i < USERS; i++) {
            users.add(door.logInAnonymously());
        }
        root = door.register("root@example.com", "secret of root");
        assertThat(door.send("PUT", "/auth/users", admin, """
                {"provider": "password", "provider_id": "root@example.com", "is_admin": true}""").status()).isEqualTo(200);
        realms.addAll(List.of(RealmName.of("plain"), RealmName.of("open-a"), RealmName.of("seen-a"),
                RealmName.number(42),
                RealmName.of("/" + users.get(0).id() + "/home"), RealmName.of("/" + users.get(1).id() + "/home")));
        for (RealmName realm : realms) {
            makeAsAdministrator(realm);
        }
        makeAsAdministrator(MARKER);
    }

    @AfterEach
    void stop() {
        door.close();
        server.close();
    }

    /** Who administers the app may open everything, and so becomes the owner of all realms. */
    private void makeAsAdministrator(RealmName realm) throws IOException {
        try (RawFile file = RawFile.open(door, root.access(), realm)) {
            assertThat(file.putClass()).isTrue();
            assertThat(file.put("first")).isTrue();
        }
    }

    @Test
    void nobodyDoesWhatTheOracleForbidsAndAllDoWhatItAllows() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            where = "seed " + seed + ", round " + round + ": ";
            changeRights();
            settle(round);
            for (int i = 0; i < PAIRS; i++) {
                RealmName realm = oneOf(realms);
                User user = oneOf(users);
                attempt(realm, user, oracle.level(realm, user.id()));
            }
            RealmName realm = oneOf(realms);
            attempt(realm, root, Level.ADMIN);
            attemptOfOperators(realm);
        }
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** A realm is changed once in a round, since who manages it is certain only when the change before has settled. */
    private void changeRights() {
        Set<RealmName> touched = new HashSet<>();
        for (int i = 0; i < CHANGES; i++) {
            RealmName realm = oneOf(realms);
            if (touched.add(realm)) {
                changeRights(realm, oneOf(users), oneOf(users), Level.values()[random.nextInt(4)]);
            }
        }
    }

    private void changeRights(RealmName realm, User actor, User other, Level level) {
        String grantee = random.nextInt(4) == 0 ? Oracle.EVERYBODY : other.id();
        boolean allowed = oracle.level(realm, actor.id()).mayManage();
        String what = where + level + " on " + realm + " for " + grantee + " by " + actor.id();
        switch (random.nextInt(4)) {
            case 0 -> {
                assertThat(attempts.apply(admin, realm, grantee, level)).as(what).isTrue();
                oracle.set(realm, grantee, level);
            }
            case 1 -> {
                assertThat(attempts.applyAsOperatorOfTheServer(realm, grantee, level)).as(what).isTrue();
                oracle.set(realm, grantee, level);
            }
            case 2 -> {
                assertThat(attempts.apply(token(actor), realm, grantee, level)).as(what).isEqualTo(allowed);
                if (allowed) {
                    oracle.set(realm, grantee, level);
                }
            }
            default -> {
                String offer = attempts.offer(token(actor), realm, level == Level.NONE ? Level.READ : level);
                assertThat(!offer.isEmpty()).as(what).isEqualTo(allowed);
                if (allowed) {
                    attempts.accept(token(other), offer);
                    oracle.add(realm, other.equals(actor) ? "nobody" : other.id(),
                            level == Level.NONE ? Level.READ : level);
                }
            }
        }
    }

    /** Old clients show the refresh token where newer ones show the access token. */
    private String token(User user) {
        return random.nextBoolean() ? user.access() : user.refresh();
    }

    /** All changes are heard of in their order, so when the last one is, the others have been. */
    private void settle(int round) {
        User marked = users.getFirst();
        Level level = round % 2 == 0 ? Level.READ : Level.NONE;
        assertThat(attempts.rights(marked, MARKER)).isEqualTo(round % 2 == 0 ? Level.NONE : Level.READ);
        assertThat(attempts.apply(admin, MARKER, marked.id(), level)).isTrue();
        Awaitility.await(where + "the rights to settle")
                .atMost(PROPAGATION)
                .until(() -> attempts.rights(marked, MARKER) == level);
    }

    private void attempt(RealmName realm, User user, Level level) throws IOException {
        String what = where + user.id() + " with " + level + " on " + realm;
        assertThat(attempts.rights(user, realm)).as(what).isEqualTo(level);
        assertThat(attempts.sees(token(user), realm)).as(what).isEqualTo(level.mayRead());
        assertThat(attempts.administersRealms(token(user), realm)).as(what).isEqualTo(user.equals(root));
        assertThat(attempts.statusesOfAdministration(token(user), realm)).as(what).containsOnly(401);
        assertThat(attempts.reachesKeysOf(user, oneOf(users))).as(what).isFalse();
        String key = "key-" + ++keys;
        try (RawFile file = RawFile.open(door, user.access(), realm)) {
            if (level.mayRead()) {
                assertThat(file.error()).as(what).isNull();
                assertThat(file.downloaded()).as(what).isPositive();
                assertThat(file.put(key)).as(what).isEqualTo(level.mayWrite());
                assertThat(file.error()).as(what).isEqualTo(level.mayWrite() ? null : Integer.valueOf(230));
            } else {
                assertThat(file.error()).as(what).isEqualTo(206);
                assertThat(file.downloaded()).as(what).isZero();
            }
        }
        assertThat(attempts.isThere(realm, key)).as(what).isEqualTo(level.mayWrite());
    }

    /** Tokens that administer the installation, but not its data. */
    private void attemptOfOperators(RealmName realm) {
        for (String role : List.of("operator", "auditor")) {
            JsonNode issued = door.post("/admin/v1/service-tokens", admin, """
                    {"name": "%s", "role": "%s", "ttl": "10m"}""".formatted(role, role)).json();
            String token = issued.path("token").asString();
            String what = where + role + " on " + realm;
            assertThat(token).as(what + ": " + issued).isNotEmpty();
            assertThat(attempts.statusesOfAdministration(token, realm)).as(what).containsOnly(403);
            Answer old = door.get("/realms/files/" + realm.encoded(), token);
            assertThat(old.status()).as(what).isEqualTo(403);
        }
    }
}

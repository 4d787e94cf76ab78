// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e.guard;

import java.util.List;
import org.openros.e2e.guard.Door.Answer;
import org.openros.e2e.guard.Door.User;
import org.openros.e2e.guard.Oracle.Level;
import tools.jackson.databind.JsonNode;

/**
 * Operations that somebody tries. Each says whether it succeeded; an answer that is neither yes nor no is a failure.
 */
final class Attempts {
    private final Door door;
    private final String admin;

    Attempts(Door door, String admin) {
        this.door = door;
        this.admin = admin;
    }

    private static boolean isYes(Answer answer, String no) {
        if (answer.status() == 200) {
            return true;
        }
        if (!answer.error().equals(no)) {
            throw new AssertionError("neither yes nor " + no + ": " + answer);
        }
        return false;
    }

    boolean apply(String token, RealmName realm, String grantee, Level level) {
        return isYes(door.post("/permissions/apply", token, """
                {"condition": {"userId": "%s"}, "realmPath": "%s", "accessLevel": "%s"}"""
                .formatted(grantee, realm.text(), level.text())), "403 614");
    }

    /** With the token of the installation, at {@code /admin/v1}. */
    boolean applyAsOperatorOfTheServer(RealmName realm, String grantee, Level level) {
        String path = "/admin/v1/realms/" + realm.encoded() + "/permissions/" + grantee;
        if (level == Level.NONE) {
            return List.of(204, 404).contains(door.send("DELETE", path, admin, null).status());
        }
        return isYes(door.send("PUT", path, admin, "{\"accessLevel\": \"" + level.text() + "\"}"), "403 614");
    }

    /** The token of the offer; empty if it was refused. */
    String offer(String token, RealmName realm, Level level) {
        Answer answer = door.post("/permissions/offers", token, """
                {"realmPath": "%s", "accessLevel": "%s", "expiresAt": null}""".formatted(realm.text(), level.text()));
        return isYes(answer, "403 614") ? answer.json().path("token").asString() : "";
    }

    void accept(String token, String offer) {
        if (!isYes(door.post("/permissions/offers/" + offer + "/accept", token, ""), "")) {
            throw new AssertionError();
        }
    }

    /** What a token for the realm would allow. */
    Level rights(User user, RealmName realm) {
        Answer answer = door.post("/auth", null, """
                {"provider": "realm", "data": "%s", "path": "%s"}""".formatted(user.refresh(), realm.text()));
        if (!isYes(answer, "403 614")) {
            return Level.NONE;
        }
        JsonNode access = answer.json().path("access_token").path("token_data").path("access");
        return switch (access.toString()) {
            case "[\"download\"]" -> Level.READ;
            case "[\"download\",\"upload\"]" -> Level.WRITE;
            case "[\"download\",\"upload\",\"manage\"]" -> Level.ADMIN;
            default -> throw new AssertionError(answer.toString());
        };
    }

    /** Whether the directory tells that there is the realm. */
    boolean sees(String token, RealmName realm) {
        Answer answer = door.get("/realms/files/" + realm.encoded() + "?shouldCreate=false", token);
        if (answer.status() != 200) {
            throw new AssertionError(answer.toString());
        }
        return answer.json().path("exists").booleanValue();
    }

    /** Whether what only administrators of the app may do at the older interface is done. */
    boolean administersRealms(String token, RealmName realm) {
        List<Boolean> done = List.of(
                isYes(door.get("/realms?prefix=", token), "403 614"),
                isYes(door.get("/realms/trash", token), "403 614"),
                isYes(door.get("/auth/users", token), "403 614"),
                isYes(door.send("PATCH", "/realms/files/" + realm.encoded(), token, "{\"realmType\": \"full\"}"),
                        "403 614"));
        if (done.stream().distinct().count() > 1) {
            throw new AssertionError("some of it: " + done);
        }
        return done.getFirst();
    }

    /**
     * The answers of the administrators' interface and the object API to reading and writing the realm, its rights, and
     * users.
     */
    List<Integer> statusesOfAdministration(String token, RealmName realm) {
        String base = "/admin/v1/realms/" + realm.encoded();
        return List.of(
                door.get(base + "/schema", token).status(),
                door.get(base + "/objects/Item", token).status(),
                door.get(base + "/objects/Item/first", token).status(),
                door.get(base + "/changes?since=0", token).status(),
                door.post(base + "/objects/Item", token, "{\"_id\": \"forbidden\"}").status(),
                door.send("PUT", base + "/objects/Item/forbidden", token, "{}").status(),
                door.send("DELETE", base + "/objects/Item/first", token, null).status(),
                door.post(base + "/transactions", token, "{\"operations\": []}").status(),
                door.send("PUT", base + "/permissions/*", token, "{\"accessLevel\": \"admin\"}").status(),
                door.send("DELETE", base, token, null).status(),
                door.post("/admin/v1/users", token, "{\"providerId\": \"a@example.com\", \"password\": \"secret\"}")
                        .status(),
                door.post("/admin/v1/service-tokens", token, "{\"name\": \"a\", \"role\": \"admin\"}").status());
    }

    /** Whether somebody gets at an API key of somebody else, or at what is known of the user. */
    boolean reachesKeysOf(User user, User victim) {
        if (user.equals(victim)) {
            return false;
        }
        String name = "key of " + System.nanoTime();
        Answer made = door.sdk("POST", "/auth/api_keys", victim.refresh(), "{\"name\": \"" + name + "\"}");
        String key = "/auth/api_keys/" + made.json().path("_id").asString();
        boolean reached = door.sdk("GET", key, user.refresh(), null).status() != 404
                || door.sdk("PUT", key + "/disable", user.refresh(), null).status() != 404
                || door.sdk("DELETE", key, user.refresh(), null).status() != 404
                || door.sdk("GET", "/auth/api_keys", user.refresh(), null).body().contains(name);
        if (door.sdk("DELETE", key, victim.refresh(), null).status() != 204) {
            throw new AssertionError("the owner cannot delete it: " + made);
        }
        return reached;
    }

    /** Whether the realm has the object, asked with the token of the installation. */
    boolean isThere(RealmName realm, String key) {
        Answer answer = door.get("/admin/v1/realms/" + realm.encoded() + "/objects/Item/" + key, admin);
        return switch (answer.status()) {
            case 200 -> true;
            case 404 -> false;
            default -> throw new AssertionError(answer.toString());
        };
    }
}

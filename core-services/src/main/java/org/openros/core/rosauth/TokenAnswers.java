// SPDX-License-Identifier: Apache-2.0
package org.openros.core.rosauth;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.openros.core.account.User;
import org.openros.core.login.SessionTokens.Issued;
import org.openros.domain.AppId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How tokens are told: the text, and beside it what is in it (admin API, sections 4.2 and 5.1). */
final class TokenAnswers {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT_BYTES = 8;

    private TokenAnswers() {}

    static ObjectNode refresh(User user, Issued token) {
        ObjectNode answer = answer("refresh_token", user.app(), user.id(), token, List.of("refresh"));
        ObjectNode data = data(answer, "refresh_token");
        data.put("is_admin", user.admin()).put("isEmailConfirmed", UserJson.hasConfirmedAddress(user));
        return answer;
    }

    static ObjectNode user(User user, Issued token) {
        ObjectNode answer = answer("user_token", user.app(), user.id(), token, List.of());
        data(answer, "user_token").put("is_admin", user.admin());
        return answer;
    }

    static ObjectNode access(User user, Issued token, List<String> access, String path, String label) {
        ObjectNode answer = answer("access_token", user.app(), user.id(), token, access);
        data(answer, "access_token").put("path", path).put("sync_label", label);
        return answer;
    }

    /** Adds a refresh token of this server to an answer (admin API, section 5.5). */
    static void addRefresh(ObjectNode answer, User user, Issued token) {
        answer.setAll(refresh(user, token));
    }

    private static ObjectNode data(ObjectNode answer, String member) {
        return (ObjectNode) answer.path(member).path("token_data");
    }

    private static ObjectNode answer(String member, AppId app, String userId, Issued token, List<String> access) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode data = answer.putObject(member).put("token", token.text()).putObject("token_data");
        data.put("app_id", app.value()).put("identity", userId);
        ArrayNode rights = data.putArray("access");
        access.forEach(rights::add);
        data.put("salt", salt()).put("expires", seconds(token.expiresAt()));
        return answer;
    }

    private static String salt() {
        byte[] bytes = new byte[SALT_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static long seconds(Instant time) {
        return time.getEpochSecond();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.core.function;

import java.util.List;
import java.util.TreeMap;
import org.openros.core.account.User;
import org.openros.core.account.UserStates;
import org.openros.core.http.ApiError;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code whoami()} is the caller's id with its ways in, as in the profile. */
final class Whoami implements AppFunction {
    private final UserStates states;

    Whoami(UserStates states) {
        this.states = states;
    }

    @Override
    public String name() {
        return "whoami";
    }

    @Override
    public JsonNode call(FunctionCaller caller, List<JsonNode> arguments) {
        if (!arguments.isEmpty()) {
            throw ApiError.NO_ARGUMENTS_TAKEN.exception("whoami takes no arguments");
        }
        User user = states.currentOrRemembered(caller.userId());
        if (user == null) {
            throw ApiError.INVALID_SESSION.exception("the user has been deleted");
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("user_id", user.id());
        ArrayNode identities = result.putArray("identities");
        new TreeMap<>(user.identities()).forEach((id, key) -> identities
                .addObject()
                .put("id", id)
                .put("provider_type", key.provider().pathName()));
        return result;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.core.user;

import org.jspecify.annotations.Nullable;
import org.openros.core.account.Accounts;
import org.openros.core.account.UserStates;
import org.openros.core.http.ApiError;
import org.openros.core.http.JsonBody;
import org.openros.core.login.CustomData;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Users as other applications of the installation change them. Each call needs a service token. */
@RestController
@RequestMapping("/internal/v1/users/{user}")
public class UserController {
    private final Accounts accounts;
    private final UserStates states;
    private final JsonMapper json;

    UserController(Accounts accounts, UserStates states, JsonMapper json) {
        this.accounts = accounts;
        this.states = states;
        this.json = json;
    }

    /** The body, a JSON object, is in the user's access tokens from the next one on. */
    @PutMapping("/custom-data")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void setCustomData(
            @PathVariable("user") String userId, @RequestBody(required = false) byte @Nullable [] body) {
        String text = CustomData.text(JsonBody.parse(json, body).json());
        requireFound(accounts.setCustomData(userId, text));
        states.forget(userId);
    }

    private static void requireFound(boolean found) {
        if (!found) {
            throw ApiError.NO_USER.exception();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.core.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The error replies, named by their situation: status and {@code error_code} as SDK clients understand them (client
 * HTTP API, section 2). A 401 is only ever sent when the answer is certain, for clients log their user out on it.
 */
public enum ApiError {
    /** Wrong e-mail address or password. */
    WRONG_PASSWORD(401, "InvalidPassword", "invalid username/password"),

    /** The token is missing, bad, expired or revoked. Clients refresh, or log their user out. */
    INVALID_SESSION(401, "InvalidSession", "invalid session"),

    /** The API key is unknown, deleted or disabled. */
    BAD_API_KEY(401, "AuthError", "invalid API key"),

    /** The token of another issuer, or what own code was shown, is not accepted. */
    BAD_FOREIGN_TOKEN(401, "AuthError", "the credentials are not accepted"),

    /** The user is barred. */
    USER_DISABLED(401, "UserDisabled", "user disabled"),

    /** The address is registered, or the identity belongs to another user. */
    NAME_IN_USE(409, "AccountNameInUse", "name already in use"),

    /** The app id is not one of this server. */
    UNKNOWN_APP(404, null, "cannot find app using Client App ID"),

    /** The way to log in does not exist here. */
    NO_PROVIDER(404, "AuthProviderNotFound", "auth provider not found"),

    /** Nobody registered with this address. */
    NO_USER(404, "UserNotFound", "user not found"),

    /** There is no such API key. */
    NO_API_KEY(404, "APIKeyNotFound", "API key not found"),

    /** The user has an API key of this name. */
    API_KEY_NAME_IN_USE(409, "APIKeyAlreadyExists", "API key already exists"),

    /** There is no such function. */
    NO_FUNCTION(404, "FunctionNotFound", "function not found"),

    /** There is no such service. */
    NO_SERVICE(404, "ServiceNotFound", "service not found"),

    /** There is no such route. */
    NOT_FOUND(404, null, "not found"),

    /** The user may not open the realm. */
    NO_RIGHT(403, null, "no right to this realm"),

    /** The realm was deleted. */
    REALM_DELETED(410, null, "the realm has been deleted"),

    /** The address has to be confirmed first. */
    UNCONFIRMED(401, "AuthError", "confirmation required"),

    /** A confirmation or reset token that was never given out, was used, replaced, or is too old. */
    BAD_EMAIL_TOKEN(400, "UserpassTokenInvalid", "invalid token data"),

    /** The request cannot be read, or a value is out of range. */
    BAD_REQUEST(400, "BadRequest", "bad request"),

    /** A value that a function was called with is not one that it takes. */
    BAD_ARGUMENT(400, "InvalidParameter", "invalid parameter"),

    /** The function was called with arguments but takes none. */
    NO_ARGUMENTS_TAKEN(400, "ArgumentsNotAllowed", "arguments not allowed"),

    /** A function failed; the log tells more. */
    FUNCTION_FAILED(500, "FunctionExecutionError", "the function failed"),

    /** A key is missing. */
    MISSING_PARAMETER(400, "MissingParameter", "missing parameter"),

    /** The request body is longer than 64 KiB. */
    TOO_LARGE(413, "BadRequest", "request too large"),

    /**
     * Too often: the reply says when to come again. Clients keep their users logged in, and do not try again by
     * themselves (client HTTP API, section 2.1).
     */
    TOO_MANY(429, "TooManyRequests", "too many requests"),

    /** Cannot be decided or done now: no master, starting, overloaded. Try again. */
    UNAVAILABLE(503, "MaintenanceInProgress", "temporarily unavailable"),

    /** A defect of this server; its log tells more. */
    INTERNAL(500, "InternalServerError", "internal server error");

    private final int status;
    private final @Nullable String code;
    private final String text;

    ApiError(int status, @Nullable String code, String text) {
        this.status = status;
        this.code = code;
        this.text = text;
    }

    /** The reply with its usual text. */
    public ApiException exception() {
        return new ApiException(this, text);
    }

    /** The reply with a text for people; it must not contain a secret. */
    public ApiException exception(String message) {
        return new ApiException(this, message);
    }

    /**
     * The reply with its usual text, and the header {@code Retry-After}.
     *
     * @param wait rounded up to whole seconds
     */
    public ApiException exception(Duration wait) {
        return new ApiException(this, text, wait);
    }

    /** Whether it is the caller's doing, and not that something here is away or broken. */
    public boolean isRefusal() {
        return status < 500;
    }

    int status() {
        return status;
    }

    @Nullable String code() {
        return code;
    }
}

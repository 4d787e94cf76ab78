// SPDX-License-Identifier: Apache-2.0
package org.openros.core.federation;

import java.util.Map;
import org.openros.core.account.Provider;
import org.openros.domain.AppId;
import tools.jackson.databind.JsonNode;

/**
 * Own code that tells who a client is: for {@code custom-function}, {@code oauth2-facebook}, or in place of the
 * built-in check of another provider of this kind. Provided as a Spring bean, one for each provider. Must be
 * thread-safe; may block.
 */
public interface IdentityProvider {
    /** Which way to log in it serves: not anonymous, e-mail or API key, which are built in. */
    Provider provider();

    /**
     * Tells who shows these credentials.
     *
     * @param credentials the JSON object that the client sent, a secret
     * @throws RefusedException if they are certainly not good; the client gets 401
     * @throws UndecidedException if it cannot be decided now; the client gets 503 and its user stays logged in
     */
    Person identify(AppId app, JsonNode credentials) throws RefusedException, UndecidedException;

    /**
     * Who it is.
     *
     * @param subject 1 to 512 printable characters, for ever the same for one person
     * @param profile shown to the app, by the names that SDKs know: {@code name}, {@code email}, ...
     */
    record Person(String subject, Map<String, String> profile) {
        @Override
        public String toString() {
            return "Person[***]";
        }
    }

    /** The credentials are not good. */
    final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        /** Creates the exception with a reason for the client; it must not contain a secret. */
        public RefusedException(String reason) {
            super(reason);
        }
    }

    /** Whether the credentials are good cannot be found out now. */
    final class UndecidedException extends Exception {
        private static final long serialVersionUID = 1L;

        /** Creates the exception. */
        public UndecidedException(String reason, Throwable cause) {
            super(reason, cause);
        }
    }
}

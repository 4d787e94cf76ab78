// SPDX-License-Identifier: Apache-2.0
package org.openros.core.email;

import java.util.List;
import org.openros.core.account.MailPurpose;
import org.openros.domain.AppId;
import tools.jackson.databind.JsonNode;

/**
 * Own code in place of a mail: decides whether an address is confirmed, or its password reset (client HTTP API,
 * section 5, {@code confirm/call} and {@code reset/call}). Provided as a Spring bean, at most one for each purpose.
 * Must be thread-safe; may block; an exception counts as refusal.
 */
public interface AccountFunction {
    /** What it decides. */
    MailPurpose purpose();

    /** Decides. */
    Decision decide(Question question);

    /**
     * What there is to decide about.
     *
     * @param email the address in its normal form
     * @param token a secret for the owner of the address alone; with it the app confirms or resets later
     * @param tokenId goes with the token
     * @param arguments what the app passed to {@code reset/call}; else empty
     * @param clientAddress where the request came from
     */
    record Question(
            AppId app, String email, String token, String tokenId, List<JsonNode> arguments, String clientAddress) {
        @Override
        public String toString() {
            return "Question[" + app + "]";
        }
    }

    /** The answers. */
    enum Decision {
        /** It is done at once. */
        ACCEPTED,

        /** The function has handed over the token; it is done when the app comes with it. */
        PENDING,

        /** It is not done; a registration is taken back. */
        REFUSED
    }
}

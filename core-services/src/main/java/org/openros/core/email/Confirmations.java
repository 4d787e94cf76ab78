// SPDX-License-Identifier: Apache-2.0
package org.openros.core.email;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Accounts;
import org.openros.core.account.Identity;
import org.openros.core.account.MailProof;
import org.openros.core.account.MailPurpose;
import org.openros.core.account.MailTokens;
import org.openros.core.email.AccountFunction.Decision;
import org.openros.core.email.AccountFunction.Question;
import org.openros.core.http.ApiError;
import org.openros.core.http.ApiException;
import org.openros.domain.AppId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * How it is made sure that an address belongs to who registered it: not at all, by mail, or by a function of the
 * installation. Thread-safe.
 */
final class Confirmations {
    private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);

    private final EmailProperties settings;
    private final Accounts accounts;
    private final MailTokens tokens;
    private final @Nullable MailRoom mail;
    private final @Nullable AccountFunction confirmation;
    private final @Nullable AccountFunction reset;

    Confirmations(
            EmailProperties settings, Accounts accounts, MailTokens tokens, @Nullable MailRoom mail,
            List<AccountFunction> functions) {
        this.settings = settings;
        this.accounts = accounts;
        this.tokens = tokens;
        this.mail = mail;
        confirmation = only(functions, MailPurpose.CONFIRM);
        reset = only(functions, MailPurpose.RESET);
        if (!settings.autoConfirm() && mail == null && confirmation == null) {
            throw new IllegalStateException("ros.auth.email.auto-confirm is false, but there is no way to confirm:"
                    + " set spring.mail.host, or provide an AccountFunction");
        }
    }

    private static @Nullable AccountFunction only(List<AccountFunction> functions, MailPurpose purpose) {
        List<AccountFunction> fitting =
                functions.stream().filter(each -> each.purpose() == purpose).toList();
        if (fitting.size() > 1) {
            throw new IllegalStateException("more than one AccountFunction for " + purpose);
        }
        return fitting.isEmpty() ? null : fitting.getFirst();
    }

    /** Whether accounts are confirmed from the start. */
    boolean automatic() {
        return settings.autoConfirm();
    }

    /** Whether mails can be sent. */
    boolean hasMail() {
        return mail != null;
    }

    /** Goes on after a registration. */
    void begin(AppId app, EmailAddress address, Asker asker) {
        if (automatic()) {
            return;
        }
        if (confirmation != null) {
            askAtRegistration(app, address, asker);
        } else if (mail != null) {
            mail.post(app, address, MailPurpose.CONFIRM, asker);
        }
    }

    private void askAtRegistration(AppId app, EmailAddress address, Asker asker) {
        Identity identity = accounts.findIdentity(address.identity(app));
        if (identity != null && askToConfirm(identity, asker) == Decision.REFUSED) {
            accounts.unregister(identity);
            throw refused();
        }
    }

    /**
     * Sends a mail, if there is mail.
     *
     * @return false if there is none
     */
    boolean send(AppId app, EmailAddress address, MailPurpose purpose, Asker asker) {
        if (mail == null) {
            return false;
        }
        mail.post(app, address, purpose, asker);
        return true;
    }

    /** Asks the confirmation function about an address that is not confirmed yet. */
    void call(AppId app, EmailAddress address, Asker asker) {
        Identity identity = accounts.findIdentity(address.identity(app));
        if (identity == null || !identity.unconfirmed() || askToConfirm(identity, asker) == Decision.REFUSED) {
            throw refused();
        }
    }

    private Decision askToConfirm(Identity identity, Asker asker) {
        Decision decision = ask(confirmation, identity, MailPurpose.CONFIRM, List.of(), asker);
        if (decision == Decision.ACCEPTED) {
            accounts.confirm(identity);
        }
        return decision;
    }

    void requireConfirmationFunction() {
        if (confirmation == null) {
            throw ApiError.NO_FUNCTION.exception();
        }
    }

    void requireResetFunction() {
        if (reset == null) {
            throw ApiError.NO_FUNCTION.exception();
        }
    }

    /** Whether the password may be changed at once; false if the function sends the token and it is used later. */
    boolean allowsReset(Identity identity, List<JsonNode> arguments, Asker asker) {
        Decision decision = ask(reset, identity, MailPurpose.RESET, arguments, asker);
        if (decision == Decision.REFUSED) {
            throw refused();
        }
        return decision == Decision.ACCEPTED;
    }

    private Decision ask(
            @Nullable AccountFunction function, Identity identity, MailPurpose purpose, List<JsonNode> arguments,
            Asker asker) {
        MailProof proof = tokens.issue(identity, purpose, settings.life(purpose), settings.perHour());
        if (function == null || proof == null) {
            return Decision.REFUSED;
        }
        try {
            return function.decide(new Question(
                    identity.key().app(), identity.key().subject(), proof.token(), proof.id(), arguments,
                    asker.address()));
        } catch (RuntimeException e) {
            LOG.error("the function to {} accounts failed", purpose.label(), e);
            return Decision.REFUSED;
        }
    }

    /** One answer for all: unknown, refused, too often. */
    static ApiException refused() {
        return ApiError.BAD_REQUEST.exception("refused");
    }
}

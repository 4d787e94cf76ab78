// SPDX-License-Identifier: Apache-2.0
package org.openros.core.email;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Locale;
import org.openros.core.account.IdentityKey;
import org.openros.core.account.Provider;
import org.openros.core.http.ApiError;
import org.openros.domain.AppId;

/**
 * An e-mail address in its normal form: without spaces around it, in lower case. So {@code Ann@Example.com} and
 * {@code ann@example.com} are one account.
 */
record EmailAddress(String value) {
    private static final int MAX_LENGTH = 254;

    /** Brings what a client sent into normal form; ends in a 400 reply if that is no name of an account. */
    static EmailAddress of(String text) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        if (value.isEmpty() || value.length() > MAX_LENGTH || !isPlain(value)) {
            throw ApiError.BAD_REQUEST.exception("not an e-mail address");
        }
        return new EmailAddress(value);
    }

    /** Half a surrogate pair has no UTF-8 form, and would be taken for another character in the store. */
    private static boolean isPlain(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    /** Ends in a 400 reply if no mail can go there. */
    void requireDeliverable() {
        if (!isDeliverable()) {
            throw ApiError.BAD_REQUEST.exception("not an e-mail address");
        }
    }

    /** Whether it is one address that a mail can go to: no list, no name in front, no comment. */
    boolean isDeliverable() {
        try {
            InternetAddress address = new InternetAddress(value, true);
            return !address.isGroup() && value.equals(address.getAddress()) && value.lastIndexOf('@') > 0;
        } catch (AddressException e) {
            return false;
        }
    }

    IdentityKey identity(AppId app) {
        return new IdentityKey(app, Provider.EMAIL_PASSWORD, value);
    }
}

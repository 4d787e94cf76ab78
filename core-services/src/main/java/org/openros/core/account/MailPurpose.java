// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.util.Locale;

/** What the reader of a mail may do with the token in it. */
public enum MailPurpose {
    /** Show that a registered address is theirs. */
    CONFIRM,

    /** Choose a new password. */
    RESET;

    /** The name in templates and keys. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

// SPDX-License-Identifier: Apache-2.0
/**
 * Accounts of an e-mail address and a password: registration, confirmation and reset, with mails and pages for them.
 */
@NullMarked
package org.openros.core.email;

import org.jspecify.annotations.NullMarked;

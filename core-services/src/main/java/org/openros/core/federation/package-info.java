// SPDX-License-Identifier: Apache-2.0
/** Ways in that others vouch for: tokens of trusted issuers, of Google and Apple, and own code. */
@NullMarked
package org.openros.core.federation;

import org.jspecify.annotations.NullMarked;

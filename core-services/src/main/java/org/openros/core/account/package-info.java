// SPDX-License-Identifier: Apache-2.0
/** Users, their identities and their log-ins, as they are kept and cached. */
@NullMarked
package org.openros.core.account;

import org.jspecify.annotations.NullMarked;

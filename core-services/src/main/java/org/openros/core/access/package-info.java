// SPDX-License-Identifier: Apache-2.0
/** What gateways ask: may this token connect, may it open this realm. */
@NullMarked
package org.openros.core.access;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Carries the news that users were suspended, deleted or revoked to caches and to gateways. */
@NullMarked
package org.openros.core.revocation;

import org.jspecify.annotations.NullMarked;

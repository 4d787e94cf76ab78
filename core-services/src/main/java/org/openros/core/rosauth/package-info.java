// SPDX-License-Identifier: Apache-2.0
/**
 * The interface of Realm Object Server for log-ins and users, under {@code /auth} (admin API, sections 5 to 7): thin
 * controllers over the same users, log-ins and rights that SDKs of the newer family have.
 */
@NullMarked
package org.openros.core.rosauth;

import org.jspecify.annotations.NullMarked;

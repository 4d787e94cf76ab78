// SPDX-License-Identifier: Apache-2.0
/** Parts of sync connections on their own. */
@NullMarked
package org.openros.gateway.sync;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** The tokens of administrators: in a file, or issued and revoked by other administrators. */
@NullMarked
package org.openros.core.admintoken;

import org.jspecify.annotations.NullMarked;

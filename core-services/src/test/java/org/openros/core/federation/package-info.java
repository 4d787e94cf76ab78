// SPDX-License-Identifier: Apache-2.0
/** Tests of ways in that others vouch for. */
@NullMarked
package org.openros.core.federation;

import org.jspecify.annotations.NullMarked;

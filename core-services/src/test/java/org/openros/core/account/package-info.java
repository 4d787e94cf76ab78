// SPDX-License-Identifier: Apache-2.0
/** Tests of the package. */
@NullMarked
package org.openros.core.account;

import org.jspecify.annotations.NullMarked;

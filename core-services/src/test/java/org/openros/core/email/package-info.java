// SPDX-License-Identifier: Apache-2.0
/** Tests of e-mail accounts. */
@NullMarked
package org.openros.core.email;

import org.jspecify.annotations.NullMarked;

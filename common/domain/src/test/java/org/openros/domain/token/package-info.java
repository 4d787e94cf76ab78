// SPDX-License-Identifier: Apache-2.0
/** Tests of the tokens. */
@NullMarked
package org.openros.domain.token;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Tests of core services as a whole. */
@NullMarked
package org.openros.core;

import org.jspecify.annotations.NullMarked;

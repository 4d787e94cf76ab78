// SPDX-License-Identifier: Apache-2.0
/** Tests of the shared words. */
@NullMarked
package org.openros.domain;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Work that is done again and again while the application runs. */
@NullMarked
package org.openros.core.repeat;

import org.jspecify.annotations.NullMarked;

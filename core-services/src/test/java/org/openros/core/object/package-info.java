// SPDX-License-Identifier: Apache-2.0
/** The way from backends to the data of realms. */
@NullMarked
package org.openros.core.object;

import org.jspecify.annotations.NullMarked;

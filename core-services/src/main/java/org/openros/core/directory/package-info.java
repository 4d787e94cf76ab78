// SPDX-License-Identifier: Apache-2.0
/** The directory: which realms there are, whose they are, and which group of workers has them. */
@NullMarked
package org.openros.core.directory;

import org.jspecify.annotations.NullMarked;

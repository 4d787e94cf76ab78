// SPDX-License-Identifier: Apache-2.0
/** Functions that apps call by name (client HTTP API, section 7), and the way to add one. */
@NullMarked
package org.openros.core.function;

import org.jspecify.annotations.NullMarked;

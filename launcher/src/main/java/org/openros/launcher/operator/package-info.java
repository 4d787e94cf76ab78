// SPDX-License-Identifier: Apache-2.0
/** The HTTP interfaces of a running installation, as operators and their commands use them. */
@NullMarked
package org.openros.launcher.operator;

import org.jspecify.annotations.NullMarked;

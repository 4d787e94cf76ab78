// SPDX-License-Identifier: Apache-2.0
/** Claims about the values of a group. */
@NullMarked
package org.openros.cluster.group;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** How the applications of one installation keep their internal HTTP routes to themselves. */
@NullMarked
package org.openros.security;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** The rules, asked over HTTP. */
@NullMarked
package org.openros.security;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** The open sync sessions of all gateways: to list them, and to end one. */
@NullMarked
package org.openros.core.livesession;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * What every connection from the public passes first: whose it is, how many there may be, and how long it may take to
 * ask.
 */
@NullMarked
package org.openros.gateway.edge;

import org.jspecify.annotations.NullMarked;

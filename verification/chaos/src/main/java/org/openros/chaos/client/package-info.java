// SPDX-License-Identifier: Apache-2.0
/**
 * The clients that work while things break: stock clients, and many light ones that speak the protocol themselves, keep
 * a file as stock clients do, and come back with it. What they do is recorded as a history.
 */
@NullMarked
package org.openros.chaos.client;

import org.jspecify.annotations.NullMarked;

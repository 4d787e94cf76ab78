// SPDX-License-Identifier: Apache-2.0
/**
 * The load generator: works that put a server under a known load, and what was seen meanwhile. Start at
 * {@link org.openros.bench.BenchCommand}.
 */
@NullMarked
package org.openros.bench;

import org.jspecify.annotations.NullMarked;

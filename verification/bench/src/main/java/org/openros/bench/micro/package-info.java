// SPDX-License-Identifier: Apache-2.0
/** Micro-benchmarks of the pure parts: changesets and merging. How to run them stands in docs/performance.md. */
@NullMarked
package org.openros.bench.micro;

import org.jspecify.annotations.NullMarked;

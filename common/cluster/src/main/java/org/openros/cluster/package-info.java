// SPDX-License-Identifier: Apache-2.0
/**
 * Who is master of which group: the lock that decides it and the view of it. Ports, and the adapter for one process.
 */
@NullMarked
package org.openros.cluster;

import org.jspecify.annotations.NullMarked;

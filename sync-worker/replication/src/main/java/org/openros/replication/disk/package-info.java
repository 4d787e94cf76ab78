// SPDX-License-Identifier: Apache-2.0
/** What the role machine asks of the node's disk, and what it knows of it. */
@NullMarked
package org.openros.replication.disk;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Tests of whole nodes: real disks, real connections, the lock service of one process. */
@NullMarked
package org.openros.worker.group;

import org.jspecify.annotations.NullMarked;

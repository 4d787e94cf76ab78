// SPDX-License-Identifier: Apache-2.0
/**
 * Makes the worker a node of its group: drives the role machine with the node's disk, the lock service and the other
 * nodes, and begins and ends reigns as the machine decides.
 */
@NullMarked
package org.openros.worker.group;

import org.jspecify.annotations.NullMarked;

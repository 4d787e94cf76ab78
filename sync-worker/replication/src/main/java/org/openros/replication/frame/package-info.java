// SPDX-License-Identifier: Apache-2.0
/**
 * What nodes of a group say to each other: frames of the stream between follower and master, and reports in answer to a
 * probe.
 */
@NullMarked
package org.openros.replication.frame;

import org.jspecify.annotations.NullMarked;

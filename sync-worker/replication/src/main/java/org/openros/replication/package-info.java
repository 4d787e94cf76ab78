// SPDX-License-Identifier: Apache-2.0
/**
 * The role machine of a node in a group of three (group protocol): a pure function from a state and an event to a new
 * state and actions. It has no clock, no threads, no disk and no network; whoever drives it brings those.
 */
@NullMarked
package org.openros.replication;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Whole groups of workers in one thread and virtual time, from one seed: the real role machine, and models of
 * everything around it that fail in every way of the group protocol ("Faults to survive").
 */
@NullMarked
package org.openros.simulation;

import org.jspecify.annotations.NullMarked;

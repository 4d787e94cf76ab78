// SPDX-License-Identifier: Apache-2.0
/** Checks the TLA+ model of the group protocol with TLC, and that it fails where it has to. */
@NullMarked
package org.openros.simulation.model;

import org.jspecify.annotations.NullMarked;

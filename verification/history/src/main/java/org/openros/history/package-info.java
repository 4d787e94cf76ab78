// SPDX-License-Identifier: Apache-2.0
/**
 * What clients, nodes and faults did in a run of a group of workers, one line each (group protocol, "Checkers over
 * recorded histories").
 */
@NullMarked
package org.openros.history;

import org.jspecify.annotations.NullMarked;

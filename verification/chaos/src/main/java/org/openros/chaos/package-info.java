// SPDX-License-Identifier: Apache-2.0
/**
 * Breaks a cluster of real processes in every way that it has to survive, while clients work, and checks that nothing
 * acknowledged was lost.
 */
@NullMarked
package org.openros.chaos;

import org.jspecify.annotations.NullMarked;

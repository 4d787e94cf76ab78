// SPDX-License-Identifier: Apache-2.0
/**
 * A cluster of real processes on this machine, handled as an operator handles it: by {@code ros cluster} and signals.
 */
@NullMarked
package org.openros.chaos.cluster;

import org.jspecify.annotations.NullMarked;

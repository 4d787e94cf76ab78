// SPDX-License-Identifier: Apache-2.0
/** {@code ros cluster}: the real topology on one machine, as separate processes that outlive the command. */
@NullMarked
package org.openros.launcher.cluster;

import org.jspecify.annotations.NullMarked;

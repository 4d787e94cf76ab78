// SPDX-License-Identifier: Apache-2.0
/** What is relied on when a run is judged. */
@NullMarked
package org.openros.chaos.cluster;

import org.jspecify.annotations.NullMarked;

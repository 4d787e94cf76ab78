// SPDX-License-Identifier: Apache-2.0
/** Claims about lock services, which every adapter has to meet, and about views of groups. */
@NullMarked
package org.openros.cluster;

import org.jspecify.annotations.NullMarked;

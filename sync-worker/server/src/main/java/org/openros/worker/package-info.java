// SPDX-License-Identifier: Apache-2.0
/** The sync worker application: wires storage, realms and the edges together with Spring. */
@NullMarked
package org.openros.worker;

import org.jspecify.annotations.NullMarked;

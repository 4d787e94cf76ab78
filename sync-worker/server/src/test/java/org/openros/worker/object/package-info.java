// SPDX-License-Identifier: Apache-2.0
/** Tests of the interface to the data of realms. */
@NullMarked
package org.openros.worker.object;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Tests of realms through raw protocol messages. */
@NullMarked
package org.openros.worker.realm;

import org.jspecify.annotations.NullMarked;

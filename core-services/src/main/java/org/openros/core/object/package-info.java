// SPDX-License-Identifier: Apache-2.0
/**
 * The data of realms for backends: who may ask is decided here, the answer comes from the worker that is master of the
 * realm's group and is passed on as it is.
 */
@NullMarked
package org.openros.core.object;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Work that takes longer than a request: kept in the store, so that any process tells how far it is, or goes on with
 * it.
 */
@NullMarked
package org.openros.core.job;

import org.jspecify.annotations.NullMarked;

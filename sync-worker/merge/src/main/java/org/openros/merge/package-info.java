// SPDX-License-Identifier: Apache-2.0
/**
 * The merge rules and the rules of the server history: how concurrent changesets are reconciled, exactly as stock
 * clients do it, and which ones are reconciled with which.
 */
@NullMarked
package org.openros.merge;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * What a changeset is: the instruction model, its bytes, its readable notation, and what applying it does to the
 * objects of a realm.
 */
@NullMarked
package org.openros.changeset;

import org.jspecify.annotations.NullMarked;

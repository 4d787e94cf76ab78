// SPDX-License-Identifier: Apache-2.0
/**
 * The objects of a realm: what applying changesets makes of them (changeset format, section 2), loaded piece by piece
 * from a store and handed back as writes to it.
 *
 * <p>{@link org.openros.changeset.state.ObjectState} is the entry. Rules are in {@code SchemaRules}, {@code
 * PathResolver}, {@code SlotRules} and {@code TargetRules}; the shape of stored keys and values is in {@code StateKeys}
 * and {@code ObjectCodec}; {@code Journal} takes changes back.
 */
@NullMarked
package org.openros.changeset.state;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.List;

/**
 * What {@link ObjectState#drain()} hands over.
 *
 * @param generation to be given to {@link ObjectState#settled(long)} once the store shows the changes; counts up
 * @param changes in order of application
 */
public record Drained(long generation, List<StateChange> changes) {}

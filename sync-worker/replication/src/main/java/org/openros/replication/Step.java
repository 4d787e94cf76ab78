// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.util.List;

/**
 * What an event led to.
 *
 * @param state of the machine from now on
 * @param actions to be begun in order
 */
public record Step(State state, List<Action> actions) {}

// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.net.URI;
import java.nio.file.Path;
import org.openros.domain.Epoch;

/**
 * What a follower fetches.
 *
 * @param master where the master is reached
 * @param epoch of the master that the follower follows
 * @param into folder that is used for nothing else; what an earlier fetch has left there is used again where it fits,
 *     and removed where it does not
 */
public record CheckpointOrder(URI master, Epoch epoch, Path into) {}

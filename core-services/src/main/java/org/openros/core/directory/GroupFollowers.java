// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.net.URI;
import java.util.List;
import org.openros.cluster.Master;

/** The port that finds the workers that follow the master of a group. Thread-safe. */
@FunctionalInterface
public interface GroupFollowers {
    /** Where the HTTP interfaces of those are that may follow; none if the group has one worker. Never throws. */
    List<URI> of(Master master);
}

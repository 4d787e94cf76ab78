// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.io.IOException;
import java.util.List;

/** How the processes of a cluster are started: their command lines, and what has to lie on the disk before. */
interface Launches {
    /**
     * Writes what the process reads at its start.
     *
     * @return its command line
     */
    List<String> prepare(Part part, ClusterState state, ClusterFolder folder) throws IOException;
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.group;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;

/** Asks the gateways of a cluster on this machine, or its workers if no gateway can answer. For one thread. */
final class GroupOfCluster implements GroupAccess {
    private final List<GroupAccess> gateways;
    private final WorkersThemselves workers;
    private final PrintWriter err;

    /** Who answered; null before the first question. */
    private @Nullable GroupAccess chosen;

    /**
     * Asks nobody.
     *
     * @param gateways in the order in which they are tried; none if there is no token for them
     * @param err is told if the workers are asked
     */
    GroupOfCluster(List<GroupAccess> gateways, WorkersThemselves workers, PrintWriter err) {
        this.gateways = List.copyOf(gateways);
        this.workers = workers;
        this.err = err;
    }

    @Override
    public GroupSurvey survey() {
        if (chosen != null) {
            return chosen.survey();
        }
        String why = "there is no token yet";
        for (GroupAccess gateway : gateways) {
            try {
                GroupSurvey survey = gateway.survey();
                chosen = gateway;
                return survey;
            } catch (StartFailure e) {
                why = e.getMessage();
            }
        }
        return workers(why).survey();
    }

    private GroupAccess workers(@Nullable String why) {
        err.println("ros: asking the workers themselves, as no gateway of the cluster can tell: " + why);
        chosen = workers;
        return workers;
    }

    /** Whoever answers a question gets the order: it is not given twice. */
    @Override
    public Done order(String order, Receiver meant, @Nullable String node, Map<String, ?> arguments) {
        return reachable().order(order, meant, node, arguments);
    }

    private GroupAccess reachable() {
        if (chosen == null) {
            survey();
        }
        return chosen == null ? workers : chosen;
    }

    /** Changes nothing, so the workers may be asked after a gateway. */
    @Override
    public Comparison compare() throws InterruptedException {
        GroupAccess first = reachable();
        try {
            return first.compare();
        } catch (StartFailure e) {
            if (first == workers || e.status() != ExitStatus.UNREACHABLE) {
                throw e;
            }
            return workers(e.getMessage()).compare();
        }
    }
}

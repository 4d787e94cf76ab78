// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import org.openros.gateway.accesslog.AccessLog;
import org.openros.gateway.core.Authorizer;
import org.openros.gateway.edge.Admission;
import org.openros.gateway.edge.ClientAddresses;

/** What upgrade requests are decided with. */
record UpgradePeers(
        Authorizer authorizer,
        Admission admission,
        SyncConnections connections,
        SyncMetrics metrics,
        PipelineSwitch pipelineSwitch,
        ClientAddresses clients,
        AccessLog accessLog) {}

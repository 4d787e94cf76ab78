// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import org.openros.core.job.Job;

/** Where to look how far a job is. */
record JobReply(String jobId, String href) {
    static JobReply of(Job job) {
        return new JobReply(job.id(), AdminRoutes.V1 + "/jobs/" + job.id());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmjob;

import org.openros.core.directory.Trash;
import org.openros.core.job.JobFailedException;
import org.openros.core.job.JobProgress;
import org.openros.core.job.JobWork;
import org.openros.core.metadata.StoreUnavailableException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Removes a realm of the trash for good. Begun anew it finds that done. */
public final class PurgeWork implements JobWork {
    /** The name of jobs of this kind. */
    public static final String TYPE = "trash-purge";

    private final Trash trash;

    PurgeWork(Trash trash) {
        this.trash = trash;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public JsonNode run(String target, JobProgress progress) {
        try {
            return JsonNodeFactory.instance.objectNode().put("found", trash.purge(target));
        } catch (StoreUnavailableException e) {
            throw new JobFailedException("the group of the realm cannot do it now: it cannot be restored any more, and "
                    + "is removed when the group is back");
        }
    }
}

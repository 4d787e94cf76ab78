// SPDX-License-Identifier: Apache-2.0
package org.openros.core.job;

import java.time.Clock;
import org.openros.core.metadata.MetadataStore;

/** Jobs for tests of other packages. */
public final class JobsInMemory {
    private JobsInMemory() {}

    /** The jobs of a store. */
    public static Jobs of(MetadataStore store) {
        return new Jobs(store, Clock.systemUTC());
    }
}

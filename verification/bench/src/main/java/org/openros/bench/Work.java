// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

/** Something to do to a server and to measure. */
@FunctionalInterface
interface Work {
    /**
     * Does it.
     *
     * @throws LoadFailed if the server did not bear it, so that there is nothing to report
     */
    Measurement run(Site.Options options) throws LoadFailed, InterruptedException;
}

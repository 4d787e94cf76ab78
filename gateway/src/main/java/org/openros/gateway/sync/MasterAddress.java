// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.net.URI;
import org.openros.domain.Epoch;

/**
 * Where sessions of a group go.
 *
 * @param epoch of the master's reign
 * @param link where it takes session streams
 */
record MasterAddress(Epoch epoch, URI link) {}

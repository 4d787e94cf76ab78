// SPDX-License-Identifier: Apache-2.0
/** The gRPC edge of the sync worker: session streams of gateways become sessions of realms. */
@NullMarked
package org.openros.worker.link;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** A small sync client on plain sockets: it keeps no data, only the cursors that the protocol wants to see. */
@NullMarked
package org.openros.bench.client;

import org.jspecify.annotations.NullMarked;

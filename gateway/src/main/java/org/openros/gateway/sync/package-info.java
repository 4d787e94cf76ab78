// SPDX-License-Identifier: Apache-2.0
/**
 * The sync connections. {@code UpgradeHandler} takes the WebSocket upgrades out of the HTTP pipeline and authorises
 * them, {@code SyncConnection} is the handler of one connection from then on, {@code Session} the state of one of its
 * sessions, and {@code SessionStream} its way to the worker. All state of a connection belongs to its event loop.
 */
@NullMarked
package org.openros.gateway.sync;

import org.jspecify.annotations.NullMarked;

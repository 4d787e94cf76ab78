// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

/** A client in a realm: what its changes and cursors are counted by. */
record Author(String client, String realm) {}

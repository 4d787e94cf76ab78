// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import org.openros.protocol.SyncError;

/**
 * Why a session cannot go on.
 *
 * @param error the situation, at session level
 * @param message for logs and the application
 */
record Refusal(SyncError error, String message) {}

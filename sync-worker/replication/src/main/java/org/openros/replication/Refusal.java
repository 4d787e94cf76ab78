// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import org.openros.replication.frame.RefusalReason;

/**
 * Why a node takes no part.
 *
 * @param message cause and remedy
 */
record Refusal(RefusalReason reason, String message) {}

// SPDX-License-Identifier: Apache-2.0
package org.openros.core.livesession;

import java.net.URI;
import java.time.Instant;
import org.openros.domain.RealmPath;

/**
 * An open session.
 *
 * @param gateway at which it is
 * @param number names it there, as long as that gateway runs
 */
public record LiveSession(URI gateway, long number, RealmPath path, String userId, Instant since) {}

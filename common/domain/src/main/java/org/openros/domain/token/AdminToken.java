// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

import java.time.Instant;

/**
 * The right to administer the whole installation over HTTP: realms and permissions of all apps.
 *
 * @param name of the holder, for logs; starts with {@code __} if it is none that a person gave
 * @param expiresAt whole seconds
 */
public record AdminToken(String name, Instant expiresAt) {}

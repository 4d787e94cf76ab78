// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The right to administer the whole installation over HTTP.
 *
 * @param name of the holder, for logs; starts with {@code __} if it is none that a person gave
 * @param id by which it can be revoked; null for one that lives shortly and cannot be
 * @param expiresAt whole seconds
 */
public record AdminToken(String name, AdminRole role, @Nullable String id, Instant expiresAt) {}

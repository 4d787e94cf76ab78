// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admintoken;

import java.time.Instant;
import org.openros.domain.token.AdminRole;

/**
 * A token that was given to a service or a person, without its text, which nobody keeps.
 *
 * @param id 24 hexadecimal digits
 * @param name of the holder
 */
public record IssuedToken(String id, String name, AdminRole role, Instant createdAt, Instant expiresAt) {}

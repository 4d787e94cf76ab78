// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.time.Instant;

/**
 * A realm in the trash.
 *
 * @param id to restore it with
 * @param row as it was
 */
public record TrashedRealm(String id, RealmRow row, Instant deletedAt) {}

// SPDX-License-Identifier: Apache-2.0
/** Backups of realms and metadata in a folder, and restores from them. */
@NullMarked
package org.openros.core.backup;

import org.jspecify.annotations.NullMarked;

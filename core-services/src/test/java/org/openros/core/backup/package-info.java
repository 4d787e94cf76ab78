// SPDX-License-Identifier: Apache-2.0
/** Tests of backups and restores. */
@NullMarked
package org.openros.core.backup;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * The objects of the system realm {@code /__system/auth}: a small port for conditional writes, and the workers' API
 * behind it.
 */
@NullMarked
package org.openros.core.metadata;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * The administrators' interface {@code /admin/v1} (admin API, section 15): users, permissions, realms, keys, the
 * system.
 */
@NullMarked
package org.openros.core.admin;

import org.jspecify.annotations.NullMarked;

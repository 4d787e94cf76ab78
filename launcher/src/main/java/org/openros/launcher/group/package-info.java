// SPDX-License-Identifier: Apache-2.0
/**
 * {@code ros group}: what operators ask and order of a group of workers, through the administrators' interface, or in an
 * emergency of the workers themselves.
 */
@NullMarked
package org.openros.launcher.group;

import org.jspecify.annotations.NullMarked;

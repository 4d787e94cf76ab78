// SPDX-License-Identifier: Apache-2.0
/**
 * The commands that ask the administrators' interface: {@code ros user}, {@code realm}, {@code permission} and
 * others.
 */
@NullMarked
package org.openros.launcher.admin;

import org.jspecify.annotations.NullMarked;

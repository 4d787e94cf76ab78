// SPDX-License-Identifier: Apache-2.0
/** {@code ros group}: what operators ask and order of a group of workers, over the workers' HTTP interface. */
@NullMarked
package org.openros.launcher.group;

import org.jspecify.annotations.NullMarked;

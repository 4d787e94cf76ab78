// SPDX-License-Identifier: Apache-2.0
/** Work on whole realms as jobs: moves to other groups, removal from the trash. */
@NullMarked
package org.openros.core.realmjob;

import org.jspecify.annotations.NullMarked;

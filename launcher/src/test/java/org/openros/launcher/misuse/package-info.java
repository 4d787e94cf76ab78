// SPDX-License-Identifier: Apache-2.0
/** Workers that were set up wrongly, as processes of their own. */
@NullMarked
package org.openros.launcher.misuse;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** How often strangers may try: by address, by account, by user. */
@NullMarked
package org.openros.core.limit;

import org.jspecify.annotations.NullMarked;

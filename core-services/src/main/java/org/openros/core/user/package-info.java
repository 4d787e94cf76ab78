// SPDX-License-Identifier: Apache-2.0
/** What the installation itself does with users: their custom data, their standing. */
@NullMarked
package org.openros.core.user;

import org.jspecify.annotations.NullMarked;

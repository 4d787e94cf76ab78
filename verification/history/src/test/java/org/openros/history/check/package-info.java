// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.openros.history.check;

import org.jspecify.annotations.NullMarked;

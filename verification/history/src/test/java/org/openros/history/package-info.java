// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.openros.history;

import org.jspecify.annotations.NullMarked;

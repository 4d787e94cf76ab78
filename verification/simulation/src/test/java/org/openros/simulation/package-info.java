// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.openros.simulation;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Tests of jobs. */
@NullMarked
package org.openros.core.job;

import org.jspecify.annotations.NullMarked;

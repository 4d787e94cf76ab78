// SPDX-License-Identifier: Apache-2.0
/** Tests of the sync worker as an application. */
@NullMarked
package org.openros.worker;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** The suite that every storage passes, and what tests of storage share. */
@NullMarked
package org.openros.storage;

import org.jspecify.annotations.NullMarked;

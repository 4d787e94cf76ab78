// SPDX-License-Identifier: Apache-2.0
/** The contract of metadata stores, and a store for tests. */
@NullMarked
package org.openros.core.metadata;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** What a running server lets nobody do, tried at all its public interfaces with clients that keep to no rule. */
@NullMarked
package org.openros.e2e.guard;

import org.jspecify.annotations.NullMarked;

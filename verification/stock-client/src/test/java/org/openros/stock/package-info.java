// SPDX-License-Identifier: Apache-2.0
/** A stock sync client: the native client of the Kotlin SDK, called through its C interface, in the terms of an app. */
@NullMarked
package org.openros.e2e.client;

import org.jspecify.annotations.NullMarked;

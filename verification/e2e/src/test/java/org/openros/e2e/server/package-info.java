// SPDX-License-Identifier: Apache-2.0
/** A server in a process of its own, which can be stopped, killed and started again. */
@NullMarked
package org.openros.e2e.server;

import org.jspecify.annotations.NullMarked;

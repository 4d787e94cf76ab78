// SPDX-License-Identifier: Apache-2.0
/** The access log: one line for each HTTP call, and for begin and end of each sync connection. */
@NullMarked
package org.openros.gateway.accesslog;

import org.jspecify.annotations.NullMarked;

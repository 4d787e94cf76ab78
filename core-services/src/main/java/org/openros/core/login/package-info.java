// SPDX-License-Identifier: Apache-2.0
/** The SDK's HTTP API for logging in (client HTTP API, sections 3 to 5). */
@NullMarked
package org.openros.core.login;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** The gateway: the one public address, for the SDKs' HTTP calls and for their sync connections. */
@NullMarked
package org.openros.gateway;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Claims about finding and running Consul. */
@NullMarked
package org.openros.consul.local;

import org.jspecify.annotations.NullMarked;

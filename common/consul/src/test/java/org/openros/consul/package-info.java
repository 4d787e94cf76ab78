// SPDX-License-Identifier: Apache-2.0
/** Claims about the lock service in Consul, with real Consul processes where it matters. */
@NullMarked
package org.openros.consul;

import org.jspecify.annotations.NullMarked;

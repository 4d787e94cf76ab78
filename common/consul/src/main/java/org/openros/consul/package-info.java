// SPDX-License-Identifier: Apache-2.0
/** The lock service kept by Consul, and the settings that choose it. */
@NullMarked
package org.openros.consul;

import org.jspecify.annotations.NullMarked;

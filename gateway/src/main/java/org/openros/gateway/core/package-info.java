// SPDX-License-Identifier: Apache-2.0
/** What the gateway asks the core services: who may connect, and who may open which realm where. */
@NullMarked
package org.openros.gateway.core;

import org.jspecify.annotations.NullMarked;

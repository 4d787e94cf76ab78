// SPDX-License-Identifier: Apache-2.0
/** The HTTP side: forwarding of the SDKs' calls to core services, refusals in the form that SDKs read, health. */
@NullMarked
package org.openros.gateway.http;

import org.jspecify.annotations.NullMarked;

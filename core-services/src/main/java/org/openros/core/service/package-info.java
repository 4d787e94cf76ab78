// SPDX-License-Identifier: Apache-2.0
/** Which services a process of core services runs, and where requests for the others go. */
@NullMarked
package org.openros.core.service;

import org.jspecify.annotations.NullMarked;

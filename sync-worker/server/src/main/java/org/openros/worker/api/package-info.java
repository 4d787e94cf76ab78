// SPDX-License-Identifier: Apache-2.0
/** The worker's HTTP interface for other services: transactions on realms and reading their objects. */
@NullMarked
package org.openros.worker.api;

import org.jspecify.annotations.NullMarked;

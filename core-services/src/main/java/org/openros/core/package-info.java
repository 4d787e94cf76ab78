// SPDX-License-Identifier: Apache-2.0
/** Core services: log-in, users, keys and rights. Stateless; all it remembers lies in a system realm of the workers. */
@NullMarked
package org.openros.core;

import org.jspecify.annotations.NullMarked;

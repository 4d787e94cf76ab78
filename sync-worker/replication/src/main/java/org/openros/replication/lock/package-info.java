// SPDX-License-Identifier: Apache-2.0
/** What the role machine asks of the lock service, and what it sees there (group protocol, "What is stored"). */
@NullMarked
package org.openros.replication.lock;

import org.jspecify.annotations.NullMarked;

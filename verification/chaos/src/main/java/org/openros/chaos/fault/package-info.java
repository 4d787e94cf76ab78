// SPDX-License-Identifier: Apache-2.0
/** What is done to a cluster, and how it is undone. */
@NullMarked
package org.openros.chaos.fault;

import org.jspecify.annotations.NullMarked;

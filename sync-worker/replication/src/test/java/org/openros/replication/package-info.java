// SPDX-License-Identifier: Apache-2.0
/** Drives the machine by hand, and in small groups whose world is instant and obedient. */
@NullMarked
package org.openros.replication;

import org.jspecify.annotations.NullMarked;

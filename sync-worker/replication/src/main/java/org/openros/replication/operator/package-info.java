// SPDX-License-Identifier: Apache-2.0
/** What an operator may order, how it is answered, and the alarms that call for one. */
@NullMarked
package org.openros.replication.operator;

import org.jspecify.annotations.NullMarked;

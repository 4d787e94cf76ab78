// SPDX-License-Identifier: Apache-2.0
/** The pipeline between a log and a state that do what the test says. */
@NullMarked
package org.openros.storage.commit;

import org.jspecify.annotations.NullMarked;

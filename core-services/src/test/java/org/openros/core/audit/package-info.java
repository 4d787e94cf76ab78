// SPDX-License-Identifier: Apache-2.0
/** Tests of the audit log. */
@NullMarked
package org.openros.core.audit;

import org.jspecify.annotations.NullMarked;

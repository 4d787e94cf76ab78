// SPDX-License-Identifier: Apache-2.0
/** Requests and error replies of the interfaces that have problem codes (admin API, sections 2 and 3). */
@NullMarked
package org.openros.core.problem;

import org.jspecify.annotations.NullMarked;

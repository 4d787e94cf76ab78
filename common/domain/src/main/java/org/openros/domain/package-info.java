// SPDX-License-Identifier: Apache-2.0
/** Words that two or more modules share: application ids, realm paths, file identifiers, access rights. */
@NullMarked
package org.openros.domain;

import org.jspecify.annotations.NullMarked;

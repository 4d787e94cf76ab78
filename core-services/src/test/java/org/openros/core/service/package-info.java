// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.openros.core.service;

import org.jspecify.annotations.NullMarked;

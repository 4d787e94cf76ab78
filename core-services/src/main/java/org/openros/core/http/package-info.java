// SPDX-License-Identifier: Apache-2.0
/** What all routes have in common: error replies, request bodies, admission of apps, the rules of who may call what. */
@NullMarked
package org.openros.core.http;

import org.jspecify.annotations.NullMarked;

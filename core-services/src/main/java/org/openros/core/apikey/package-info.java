// SPDX-License-Identifier: Apache-2.0
/** The API keys of users (client HTTP API, section 6). */
@NullMarked
package org.openros.core.apikey;

import org.jspecify.annotations.NullMarked;

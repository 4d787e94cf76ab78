// SPDX-License-Identifier: Apache-2.0
/** What an app may rely on, shown with stock clients against a server in a process of its own. */
@NullMarked
package org.openros.e2e;

import org.jspecify.annotations.NullMarked;

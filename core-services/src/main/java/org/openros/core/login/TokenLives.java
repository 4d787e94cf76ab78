// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import java.time.Duration;

/** How long tokens are good. */
record TokenLives(Duration access, Duration refresh) {}

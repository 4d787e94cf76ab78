// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.time.Instant;

/**
 * A log-in that is being added.
 *
 * @param id 24 hexadecimal digits
 * @param endsAt when its refresh token expires
 */
public record NewLogin(String id, Instant endsAt) {}

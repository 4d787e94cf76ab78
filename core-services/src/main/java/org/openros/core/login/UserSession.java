// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import org.openros.domain.AppId;

/**
 * Who a pair of tokens speaks for.
 *
 * @param userId the user
 * @param loginId the log-in
 * @param deviceId the device, new with each log-in
 */
record UserSession(AppId app, String userId, String loginId, String deviceId) {}

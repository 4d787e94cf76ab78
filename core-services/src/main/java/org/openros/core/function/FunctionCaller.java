// SPDX-License-Identifier: Apache-2.0
package org.openros.core.function;

import org.openros.domain.AppId;

/**
 * Who calls a function; proved by an access token.
 *
 * @param userId 24 hexadecimal digits
 */
public record FunctionCaller(AppId app, String userId) {}

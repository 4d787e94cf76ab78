// SPDX-License-Identifier: Apache-2.0
/**
 * The signed tokens that the applications and the clients show each other: user access and refresh tokens, realm access
 * tokens, and the service tokens of internal calls. All are JWTs; nothing here remembers or revokes one.
 */
@NullMarked
package org.openros.domain.token;

import org.jspecify.annotations.NullMarked;

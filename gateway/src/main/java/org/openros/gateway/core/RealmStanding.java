// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.core;

/**
 * On what an authorization rests.
 *
 * @param path the realm
 * @param asOf no access change up to this number is missed
 */
public record RealmStanding(String path, String userId, long asOf) {}

// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

/**
 * An API key, as stored: a way in whose subject is the digest of the key. The key itself is nowhere.
 *
 * @param id 24 hexadecimal digits
 * @param owner id of the user whom it leads to
 * @param name unique among the keys of its owner
 * @param disabled whether nobody can log in with it until it is enabled again
 */
public record ApiKey(IdentityKey identity, String id, String owner, String name, boolean disabled) {}

// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

/**
 * An object of a list.
 *
 * @param key the primary key
 */
public record KeyedObject(String key, StoredObject object) {}

// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

/**
 * The address of one object.
 *
 * @param key the primary key, a string in all classes
 */
public record ObjectRef(MetadataTable table, String key) {}

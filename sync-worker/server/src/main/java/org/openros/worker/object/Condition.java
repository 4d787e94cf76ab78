// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What has to be true for a change to happen. */
sealed interface Condition {
    /** The object is there, or is not. */
    record Exists(String table, KeySource key, boolean exists) implements Condition {}

    /** A property of the object has a value. */
    record FieldEquals(String table, KeySource key, String field, JsonNode value) implements Condition {}

    /** The object has one of these contents. */
    record EtagIs(String table, KeySource key, Set<String> etags) implements Condition {}

    /** Nothing was changed in the realm since a version. */
    record VersionIs(long version) implements Condition {}
}

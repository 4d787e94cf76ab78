// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.SortedMap;
import org.openros.changeset.ObjectKey;

/** An object that a filter looks at. */
record QueriedObject(ObjectKey key, SortedMap<String, Content> fields) {}

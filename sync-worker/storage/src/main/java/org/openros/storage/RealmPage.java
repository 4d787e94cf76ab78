// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a realm, in the form that makes it again elsewhere.
 *
 * @param writes without erasures
 * @param next where the next page starts; null if this is the last one
 */
@SuppressWarnings("ArrayRecordComponent")
public record RealmPage(List<Write> writes, byte @Nullable [] next) {}

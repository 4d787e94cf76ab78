// SPDX-License-Identifier: Apache-2.0
/**
 * The data of a realm for backends: schema, queries, changes of objects, and a feed of what changed.
 *
 * <p>{@code Content} is what stands in a field; {@code ObjectJson} and {@code ExtendedJson} read and write it as JSON,
 * {@code ObjectWriter} finds the instructions between two contents, {@code Filter} says which objects are wanted. The
 * controllers answer core services, which know who may ask.
 */
@NullMarked
package org.openros.worker.object;

import org.jspecify.annotations.NullMarked;

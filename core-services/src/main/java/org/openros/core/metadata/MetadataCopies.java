// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

import org.openros.domain.RealmPath;

/** Gives access to metadata that lies in another realm than that of this server: that of a backup. */
@FunctionalInterface
public interface MetadataCopies {
    /** The metadata in a realm of the group {@code default}, to be read only. */
    MetadataStore at(RealmPath realm);
}

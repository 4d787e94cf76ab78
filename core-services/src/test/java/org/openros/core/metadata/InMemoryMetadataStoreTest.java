// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

class InMemoryMetadataStoreTest extends MetadataStoreContract {
    private final MetadataStore store = new InMemoryMetadataStore();

    @Override
    MetadataStore store() {
        return store;
    }
}

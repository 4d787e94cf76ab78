// SPDX-License-Identifier: Apache-2.0
package org.openros.history;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Entries as lines of JSON. */
final class EntryJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private static final ObjectWriter WRITER = MAPPER.writerFor(Entry.class);
    private static final ObjectReader READER = MAPPER.readerFor(Entry.class);

    private EntryJson() {}

    static byte[] line(Entry entry) {
        return WRITER.writeValueAsBytes(entry);
    }

    static Entry entry(byte[] line, int length) throws DamagedHistoryException {
        try {
            return READER.readValue(line, 0, length);
        } catch (JacksonException e) {
            throw new DamagedHistoryException("not an entry: " + e.getOriginalMessage(), e);
        }
    }
}

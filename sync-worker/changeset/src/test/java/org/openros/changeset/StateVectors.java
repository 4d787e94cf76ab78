// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.openros.changeset.state.ApplyException;
import org.openros.changeset.state.ObjectState;
import org.openros.changeset.state.StateAccess;
import org.openros.changeset.state.StoredState;
import org.openros.domain.FileIdent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Checks vectors that apply changesets. */
final class StateVectors {
    /** What clients tolerate and a server refuses, because it stops clients later (changeset format, section 9). */
    private static final Set<String> REFUSED = Set.of(
            "state/schema-add-table-twice-primary-key-type-differs", "state/schema-add-keyless-table-over-any-table");

    private StateVectors() {}

    static void state(JsonNode vector) {
        StoredState store = new StoredState();
        ObjectState state = new ObjectState(store);
        if (REFUSED.contains(vector.required("name").stringValue())) {
            assertThatThrownBy(() -> applyAll(state, vector)).isInstanceOf(ApplyException.class);
            return;
        }
        applyAll(state, vector);
        shows(state, store, vector);
    }

    private static void applyAll(ObjectState state, JsonNode vector) {
        vector.required("changesets").forEach(changeset -> state.apply(ChangesetVectorsTest.parsed(changeset)));
    }

    /** Checks the state, and that a store which got the writes holds the same. */
    private static void shows(ObjectState state, StoredState store, JsonNode vector) {
        JsonNode expected = comparable(vector.required("state"));
        assertThat(comparable(state.toJson())).isEqualTo(expected);
        store.write(state.drain());
        assertThat(comparable(new ObjectState(store).toJson())).isEqualTo(expected);
    }

    static void applyError(JsonNode vector) {
        ObjectState state = new ObjectState(StateAccess.EMPTY);
        int failsAt = vector.required("failsAt").intValue();
        for (int i = 0; i < failsAt; i++) {
            state.apply(ChangesetVectorsTest.parsed(vector.required("changesets").get(i)));
        }
        JsonNode before = state.toJson();
        JsonNode suspect = vector.required("changesets").get(failsAt);
        if (vector.required("server").stringValue().equals("accept")) {
            state.apply(ChangesetVectorsTest.parsed(suspect));
        } else {
            assertThatThrownBy(() -> state.apply(ChangesetVectorsTest.parsed(suspect)))
                    .isInstanceOfAny(ApplyException.class, MalformedChangesetException.class);
            assertThat(comparable(state.toJson())).isEqualTo(comparable(before));
        }
    }

    static void captured(JsonNode vector) {
        FileIdent sender = new FileIdent(Long.parseLong(vector.required("fileIdent").asString()));
        StoredState store = new StoredState();
        ObjectState state = new ObjectState(store);
        vector.required("changesets").forEach(changeset -> state.apply(ChangesetParser.parse(
                        HexFormat.of().parseHex(changeset.required("hex").stringValue()))
                .withOwner(sender)));
        shows(state, store, vector);
    }

    /** A copy in which what is unordered has one order, without the members that only people read. */
    static JsonNode comparable(JsonNode state) {
        JsonNode copy = state.deepCopy();
        for (JsonNode node : copy.findParents("approx")) {
            ((ObjectNode) node).remove("approx");
        }
        for (String unordered : new String[] {"set", "objects"}) {
            for (JsonNode node : copy.findParents(unordered)) {
                if (node.get(unordered) instanceof ArrayNode array) {
                    sort(array);
                }
            }
        }
        return copy;
    }

    private static void sort(ArrayNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        elements.sort(Comparator.comparing(element -> element.path("pk") + element.toString()));
        array.removeAll();
        array.addAll(elements);
    }
}

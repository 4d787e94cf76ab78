// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetEncoder;
import org.openros.changeset.state.ObjectState;
import org.openros.changeset.state.StateAccess;
import org.openros.merge.MergeResult.Merged;
import org.openros.merge.MergeVectors.Vector;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Two sides merge exactly as in the stock library, errors included. */
class PairVectorTest {
    static List<Vector> pairs() {
        return MergeVectors.ofKind("pair");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void mergesLikeTheStockLibrary(Vector vector) {
        JsonNode content = vector.content();
        List<StampedChangeset> left = side(content.path("left"));
        List<StampedChangeset> right = side(content.path("right"));
        if (content.has("expectError")) {
            assertRefused(left, right, content.path("expectError").asString());
        } else {
            MergeResult result = Transformer.transform(left, right);
            assertSide(left, result.local(), content.path("expect").path("left"));
            assertSide(right, result.incoming(), content.path("expect").path("right"));
        }
    }

    static List<Vector> convergingPairs() {
        return pairs().stream()
                .filter(vector -> vector.content()
                        .path("replay")
                        .path("outcome")
                        .asString("")
                        .equals("converged"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("convergingPairs")
    void bothOrdersEndInTheStateOfTheStockLibrary(Vector vector) {
        JsonNode content = vector.content();
        List<StampedChangeset> left = side(content.path("left"));
        List<StampedChangeset> right = side(content.path("right"));
        MergeResult result = Transformer.transform(left, right);
        JsonNode expected = StateNotation.comparable(content.path("replay").path("state"));

        assertThat(replay(content, left, result.incoming())).isEqualTo(expected);
        assertThat(replay(content, right, result.local())).isEqualTo(expected);
    }

    private static JsonNode replay(JsonNode content, List<StampedChangeset> first, List<Merged> second) {
        ObjectState state = new ObjectState(StateAccess.EMPTY);
        MergeVectors.elements(content.path("base")).forEach(base -> state.apply(MergeVectors.changeset(base)));
        first.forEach(changeset -> state.apply(changeset.changeset()));
        second.forEach(merged -> state.apply(merged.changeset()));
        return StateNotation.comparable(state.toJson());
    }

    private static List<StampedChangeset> side(JsonNode changesets) {
        return MergeVectors.elements(changesets)
                .map(node -> new StampedChangeset(
                        node.path("version").asLong(),
                        node.path("originTimestamp").asLong(),
                        node.path("originFileIdent").asLong(),
                        MergeVectors.changeset(node.path("hex"))))
                .toList();
    }

    private static void assertRefused(List<StampedChangeset> left, List<StampedChangeset> right, String code) {
        MergeException refusal =
                catchThrowableOfType(MergeException.class, () -> Transformer.transform(left, right));
        assertThat(refusal).isNotNull();
        assertThat(kind(refusal.code().notation())).isEqualTo(kind(code));
    }

    private static String kind(String code) {
        int dot = code.indexOf('.');
        return dot < 0 ? code : code.substring(0, dot);
    }

    private static void assertSide(List<StampedChangeset> before, List<Merged> after, JsonNode expected) {
        assertThat(after).hasSize(expected.size());
        for (int i = 0; i < after.size(); i++) {
            Merged merged = after.get(i);
            Changeset wanted = MergeVectors.changeset(expected.path(i).path("hex"));
            assertThat(MergeVectors.comparable(merged.changeset()))
                    .as("changeset %d", i)
                    .isEqualTo(MergeVectors.comparable(wanted));
            assertThat(merged.changed())
                    .as("change of changeset %d", i)
                    .isEqualTo(expected.path(i).path("changed").asBoolean());
            if (!merged.changed()) {
                assertThat(merged.changeset()).isSameAs(before.get(i).changeset());
            }
            assertThat(ChangesetEncoder.encode(merged.changeset()))
                    .as("bytes of changeset %d", i)
                    .isEqualTo(MergeVectors.bytes(expected.path(i).path("hex")));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openros.changeset.ChangesetJson;
import org.openros.changeset.ChangesetParser;
import org.openros.changeset.Instruction;
import org.openros.changeset.MalformedChangesetException;
import org.openros.changeset.state.ApplyException;
import org.openros.changeset.state.ObjectState;
import org.openros.changeset.state.StateAccess;
import org.openros.domain.FileIdent;
import org.openros.merge.DownloadScan.Batch;
import org.openros.merge.DownloadScan.Cursor;
import org.openros.merge.DownloadScan.Item;
import org.openros.merge.MergeVectors.Vector;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** A whole realm with several clients goes step by step as in the stock library. */
class ScenarioVectorTest {
    static List<Vector> scenarios() {
        return MergeVectors.ofKind("scenario");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void historyGoesLikeTheStockLibrary(Vector vector) {
        Scenario scenario = new Scenario();
        for (JsonNode step : vector.content().path("steps")) {
            scenario.perform(step);
        }
        assertThat(StateNotation.comparable(scenario.state.toJson()))
                .isEqualTo(StateNotation.comparable(vector.content().path("finalState")));
    }

    /** The server side of one scenario. */
    private static final class Scenario {
        private final MemoryHistory history = new MemoryHistory();
        private final ObjectState state = new ObjectState(StateAccess.EMPTY);
        private final Map<FileIdent, Long> thresholds = new HashMap<>();

        void perform(JsonNode step) {
            switch (step.path("type").asString()) {
                case "connect" -> connect(step);
                case "upload" -> upload(step);
                case "serverWrite" -> serverWrite(step);
                case "download" -> download(step);
                default -> throw new IllegalArgumentException("unknown step " + step.path("type"));
            }
            HistoryInvariants.check(history);
        }

        private void connect(JsonNode step) {
            FileIdent client = client(step);
            ClientProgress progress = history.progress(client);
            JsonNode expected = step.path("expect");
            assertThat(progress)
                    .isEqualTo(new ClientProgress(
                            number(expected, "uploadClientVersion"),
                            number(expected, "uploadServerVersion"),
                            number(expected, "lockedServerVersion")));
            thresholds.put(client, progress.clientVersion());
        }

        private void upload(JsonNode step) {
            long head = history.head();
            if (step.has("expectError")) {
                assertThat(catchThrowable(() -> receive(step)))
                        .isInstanceOfAny(
                                MalformedChangesetException.class, MergeException.class, ApplyException.class);
                state.rollback();
            } else {
                receive(step);
            }
            assertEntries(head, step.path("after"));
            assertClientFile(client(step), step.path("after").path("clientFile"));
        }

        private void receive(JsonNode step) {
            Upload upload = uploadOf(step).withoutRepetitions(thresholds.getOrDefault(client(step), 0L));
            assertThat(step.path("changesets").size() - upload.changesets().size())
                    .as("repetitions")
                    .isEqualTo(step.path("expectIgnored").asInt(0));
            Integration integration = history.plan(upload);
            apply(integration);
            history.commit(upload.client(), integration);
            state.drain();
        }

        private void apply(Integration integration) {
            integration.entries().forEach(entry -> state.apply(entry.changeset()));
        }

        private static Upload uploadOf(JsonNode step) {
            List<UploadedChangeset> changesets = new ArrayList<>();
            for (JsonNode node : step.path("changesets")) {
                changesets.add(new UploadedChangeset(
                        number(node, "clientVersion"),
                        number(node, "lastIntegratedServerVersion"),
                        number(node, "originTimestamp"),
                        MergeVectors.changeset(node.path("hex"))));
            }
            JsonNode progress = step.path("progress");
            return new Upload(
                    client(step),
                    changesets,
                    number(progress, "clientVersion"),
                    number(progress, "serverVersion"),
                    number(step, "lockedServerVersion"));
        }

        private void assertEntries(long headBefore, JsonNode after) {
            assertThat(history.head()).isEqualTo(number(after, "serverVersion"));
            List<MainEntry> entries = history.entriesAbove(headBefore);
            JsonNode expected = after.path("newEntries");
            assertThat(entries).hasSize(expected.size());
            for (int i = 0; i < entries.size(); i++) {
                MainEntry entry = entries.get(i);
                JsonNode node = expected.path(i);
                assertThat(entry.serverVersion()).isEqualTo(number(node, "serverVersion"));
                assertThat(entry.origin()).isEqualTo(number(node, "originFileIdent"));
                assertThat(entry.clientVersion()).isEqualTo(number(node, "clientVersion"));
                assertThat(entry.originTimestamp()).isEqualTo(number(node, "originTimestamp"));
                assertThat(entry.changeset()).isEqualTo(MergeVectors.bytes(node.path("hex")));
            }
        }

        private void assertClientFile(FileIdent client, JsonNode expected) {
            assertThat(history.progress(client))
                    .isEqualTo(new ClientProgress(
                            number(expected, "clientVersion"),
                            number(expected, "reciprocalBase"),
                            number(expected, "lockedServerVersion")));
            List<Form> forms = new ArrayList<>();
            history.formsOf(client).forEach((version, form) -> {
                if (history.differs(version, form)) {
                    forms.add(new Form(version, MergeVectors.comparable(ChangesetParser.parse(form))));
                }
            });
            List<Form> expectedForms = MergeVectors.elements(expected.path("reciprocal"))
                    .map(node -> new Form(
                            number(node, "serverVersion"), ChangesetJson.readInstructions(node.path("instructions"))))
                    .toList();
            assertThat(forms).isEqualTo(expectedForms);
        }

        private void serverWrite(JsonNode step) {
            for (JsonNode entry : step.path("entries")) {
                assertThat(history.head() + 1).isEqualTo(number(entry, "serverVersion"));
                history.write(number(entry, "originTimestamp"), MergeVectors.bytes(entry.path("hex")));
                state.apply(MergeVectors.changeset(entry.path("hex")));
            }
            state.drain();
        }

        private void download(JsonNode step) {
            FileIdent client = client(step);
            JsonNode from = step.path("cursor");
            JsonNode expected = step.path("expect");
            Batch batch = DownloadScan.scan(
                    history,
                    client,
                    new Cursor(number(from, "serverVersion"), number(from, "clientVersion")),
                    history.head(),
                    number(step, "softByteLimit"));
            assertThat(batch.cursor())
                    .isEqualTo(new Cursor(
                            number(expected, "downloadServerVersion"), number(expected, "downloadClientVersion")));
            assertThat(history.head()).isEqualTo(number(expected, "latestServerVersion"));
            assertThat(history.progress(client).clientVersion())
                    .isEqualTo(number(expected, "uploadClientVersion"));
            assertThat(history.progress(client).reciprocalBase())
                    .isEqualTo(number(expected, "uploadServerVersion"));
            assertThat(batch.items().stream().map(Sent::of).toList())
                    .isEqualTo(MergeVectors.elements(expected.path("entries"))
                            .map(Sent::of)
                            .toList());
        }

        private static FileIdent client(JsonNode step) {
            return new FileIdent(number(step, "client"));
        }

        private static long number(JsonNode node, String name) {
            return node.path(name).asLong();
        }
    }

    /** A reciprocal form in the readable notation. */
    private record Form(long version, List<Instruction> instructions) {}

    /** The header of one changeset in a download. */
    private record Sent(long serverVersion, long clientVersion, long originTimestamp, long originFileIdent) {
        static Sent of(Item item) {
            MainEntry entry = item.entry();
            return new Sent(
                    entry.serverVersion(), item.clientVersion(), entry.originTimestamp(), entry.originForOthers());
        }

        static Sent of(JsonNode node) {
            return new Sent(
                    node.path("serverVersion").asLong(),
                    node.path("clientVersion").asLong(),
                    node.path("originTimestamp").asLong(),
                    node.path("originFileIdent").asLong());
        }
    }
}

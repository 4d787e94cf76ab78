// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster.group;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.cluster.DamagedValueException;
import org.openros.cluster.LockService.Value;
import org.openros.cluster.Master;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.Position;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GroupJsonTest {
    private static final GroupId GROUP = new GroupId("g-1");
    private static final URI LINK = URI.create("grpc://127.0.0.1:1");
    private static final URI API = URI.create("http://127.0.0.1:2");
    private static final URI REPLICATION = URI.create("grpc://127.0.0.1:3");
    private static final String RECORD = """
            {"group":"g-1","lineage":"4ae71336-e44b-39bf-b9d2-752e234818a5","epoch":7,"master":"n1","formatLevel":1,
             "reason":"first start","members":[{"node":"n1","store":"4ae71336-e44b-39bf-b9d2-752e234818a6"}]}""";

    @Test
    void recordsComeBackAsTheyWere() throws DamagedValueException {
        GroupRecord record = record(new NodeId("n1"));
        GroupRecord unled = record(null);

        assertThat(GroupJson.record(value(GroupJson.encode(record)))).isEqualTo(record);
        assertThat(GroupJson.record(value(GroupJson.encode(unled)))).isEqualTo(unled);
    }

    @Test
    void mastersComeBackAsTheyWere() throws DamagedValueException {
        Master master = new Master(GROUP, new Epoch(3), "n1", LINK, API, REPLICATION);
        Master alone = new Master(GROUP, new Epoch(Long.MAX_VALUE), "n1", LINK, API, null);

        assertThat(GroupJson.master(value(GroupJson.encode(master)))).isEqualTo(master);
        assertThat(GroupJson.master(value(GroupJson.encode(alone)))).isEqualTo(alone);
    }

    @Test
    void presenceComesBackAsItWas() throws DamagedValueException {
        NodePresence presence = presence(REPLICATION, new Position(new Epoch(2), 17, new ChainHash(-1, 1)));
        NodePresence empty = presence(null, Position.START);

        assertThat(GroupJson.presence(value(GroupJson.encode(presence)))).isEqualTo(presence);
        assertThat(GroupJson.presence(value(GroupJson.encode(empty)))).isEqualTo(empty);
    }

    @Test
    void fieldsOfALaterVersionAreIgnored() throws DamagedValueException {
        GroupRecord record = GroupJson.record(value(RECORD));

        String later = RECORD.replace("{\"group\"", "{\"quorum\":[{\"a\":null}],\"group\"")
                .replace("{\"node\"", "{\"zone\":1,\"node\"");

        assertThat(GroupJson.record(value(later))).isEqualTo(record);
        assertThat(record.members()).extracting(Member::node).containsExactly(new NodeId("n1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"epoch\":7>\"epoch\":-7",
                "\"epoch\":7>\"epoch\":7.5",
                "\"epoch\":7>\"epoch\":\"7\"",
                "\"epoch\":7>\"epoch\":99999999999999999999",
                "\"epoch\":7>\"epoc\":7",
                "\"epoch\":7>\"epoch\":null",
                "\"formatLevel\":1>\"formatLevel\":3000000000",
                "\"group\":\"g-1\">\"group\":\"G 1\"",
                "\"master\":\"n1\">\"master\":1",
                "e44b-39bf>nonsense",
                "{\"node\":\"n1\">7,{\"node\":\"n1\"",
                "\"store\"> \"shop\"",
                "\"members\":[>\"members\":[],\"m\":[",
                "\"members\":[>\"members\":{},\"m\":[",
                "]}>"
            })
    void damagedRecordNamesKeyDamageAndFix(String change) {
        String[] parts = change.split(">", 2);
        String damaged = RECORD.replace(parts[0], parts[1]);

        assertThat(damaged).isNotEqualTo(RECORD);
        assertThatThrownBy(() -> GroupJson.record(value(damaged)))
                .isInstanceOfSatisfying(
                        DamagedValueException.class,
                        e -> assertThat(e.key()).isEqualTo("groups/g-1/record"))
                .hasMessageContaining("groups/g-1/record")
                .hasMessageContaining("reseed-record");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "7", "[]", "{", "\u0000", "{}"})
    void anythingElseIsDamageToo(String content) {
        assertThatThrownBy(() -> GroupJson.record(value(content))).isInstanceOf(DamagedValueException.class);
        assertThatThrownBy(() -> GroupJson.master(value(content))).isInstanceOf(DamagedValueException.class);
        assertThatThrownBy(() -> GroupJson.presence(value(content))).isInstanceOf(DamagedValueException.class);
    }

    @Test
    void hashOfAnotherLengthIsDamage() {
        String presence = new String(GroupJson.encode(presence(null, Position.START)), UTF_8);

        assertThatThrownBy(() -> GroupJson.presence(value(presence.replace("\"0000", "\"00"))))
                .isInstanceOf(DamagedValueException.class)
                .hasMessageContaining("hash");
    }

    private static GroupRecord record(@Nullable NodeId master) {
        Set<Member> members = Set.of(
                new Member(new NodeId("n1"), StoreId.random()), new Member(new NodeId("n2"), StoreId.random()));
        return new GroupRecord(GROUP, Lineage.random(), new Epoch(7), master, members, 2, "backup lost: \"n3\"");
    }

    private static NodePresence presence(@Nullable URI replication, Position last) {
        return new NodePresence(
                new NodeId("n1"),
                StoreId.random(),
                last.seq() == 0,
                replication,
                API,
                "0.1.0",
                "backup",
                new Epoch(2),
                15,
                last,
                2,
                1);
    }

    private static Value value(String content) {
        return value(content.getBytes(UTF_8));
    }

    private static Value value(byte[] content) {
        return new Value(new GroupKeys(GROUP).record(), content, 1, null);
    }
}

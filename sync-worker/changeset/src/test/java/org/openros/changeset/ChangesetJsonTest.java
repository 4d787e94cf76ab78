// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ChangesetJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"int\":1}",
                "{\"int\":\"1x\"}",
                "{\"int\":\"9223372036854775808\"}",
                "{\"int\":\"1\",\"bool\":true}",
                "{\"bool\":\"true\"}",
                "{\"float\":\"3f8\"}",
                "{\"float\":\"3f80000z\"}",
                "{\"uuid\":\"1-1-1-1-1\"}",
                "{\"objectId\":\"00\"}",
                "{\"binary\":\"0\"}",
                "{\"string\":\"\\ud800\"}",
                "{\"timestamp\":{\"s\":\"1\",\"ns\":-1}}",
                "{\"timestamp\":{\"s\":\"1\",\"ns\":1000000000}}",
                "{\"decimal\":{\"coefficient\":\"10000000000000000000000000000000000\",\"exponent\":0,"
                        + "\"negative\":false}}",
                "{\"decimal\":{\"coefficient\":\"-1\",\"exponent\":0,\"negative\":false}}",
                "{\"decimal\":{\"coefficient\":\"1\",\"exponent\":7000,\"negative\":false}}",
                "{\"special\":\"null\"}",
                "{\"globalKey\":{\"hi\":\"1\",\"lo\":\"1\"}}"
            })
    void whatTheBytesCannotSayIsNoValue(String json) {
        assertThatThrownBy(() -> ChangesetJson.readValue(JsonMapper.shared().readTree(json)))
                .isInstanceOf(NotationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"Nothing\",\"table\":\"T\",\"pk\":null,\"field\":\"f\",\"path\":[]}",
                "{\"op\":\"CreateObject\",\"table\":\"T\"}",
                "{\"op\":\"CreateObject\",\"table\":5,\"pk\":null}",
                "{\"op\":\"AddTable\",\"table\":\"T\",\"kind\":\"topLevel\",\"pkField\":\"f\",\"pkType\":\"bool\","
                        + "\"pkNullable\":false}",
                "{\"op\":\"ArrayErase\",\"table\":\"T\",\"pk\":null,\"field\":\"f\",\"path\":[\"k\"],\"priorSize\":1}",
                "{\"op\":\"ArrayErase\",\"table\":\"T\",\"pk\":null,\"field\":\"f\",\"path\":[0],\"priorSize\":-1}",
                "{\"op\":\"ArrayErase\",\"table\":\"T\",\"pk\":null,\"field\":\"f\",\"path\":[4294967296],"
                        + "\"priorSize\":1}",
                "{\"op\":\"Update\",\"table\":\"T\",\"pk\":null,\"field\":\"f\",\"path\":[],\"value\":null}"
            })
    void whatTheBytesCannotSayIsNoInstruction(String json) {
        assertThatThrownBy(() -> ChangesetJson.readInstruction(JsonMapper.shared().readTree(json)))
                .isInstanceOf(NotationException.class);
    }
}

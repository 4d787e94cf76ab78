// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class MessageStrictnessTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\\n",
                "mark",
                "mark\\n",
                "mark \\n",
                "mark 1\\n",
                "mark 1 \\n",
                "mark 1  1\\n",
                "mark 1 1 \\n",
                "mark 1 1 1\\n",
                "mark 1 1\\n\\n",
                "mark 1 1\\nx",
                "mark 1 1\r\\n",
                "mark 1\t1\\n",
                " mark 1 1\\n",
                "Mark 1 1\\n",
                "marks 1 1\\n",
                "mark -1 1\\n",
                "mark +1 1\\n",
                "mark 0x1 1\\n",
                "mark 0 1\\n",
                "mark 1 9223372036854775808\\n",
                "mark 1 99999999999999999999999999\\n",
                "mark 1 \u0661\\n",
                "mark 1 1",
                "unbind 0\\n",
                "bind 1 0 0 1 0\\n",
                "bind 1 4 0 1 0\\n/a/",
                "bind 1 4 0 1 0\\n/a/bc",
                "bind 1 9223372036854775807 9223372036854775807 1 0\\n/a/b",
                "bind 1 4 9223372036854775807 1 0\\n/a/b",
                "refresh 1 5\\nabcd",
                "upload 1 0 26 0 4 0 0\\n4 0 350000000000 0 4 ABCD",
                "upload 1 0 25 25 4 0 0\\n4 0 350000000000 0 4 ABCD",
                "upload 1 1 25 24 4 0 0\\n4 0 350000000000 0 4 ABCD",
                "upload 1 0 0 0 5 1\\n",
                "json_error 212 0 1\\n",
                "json_error 212 2 1\\n{}",
                "json_error 212 2 1\\n[]",
                "json_error 212 13 1\\n{\"message\":1}",
                "json_error 212 14 1\\n{\"message\":\"\"",
                "json_error 4294967296 14 1\\n{\"message\":\"\"}",
                "alloc 1\\n",
            })
    void malformedMessageIsABadSyntax(String message) {
        var violation = catchThrowableOfType(
                ProtocolViolation.class, () -> ClientMessageDecoder.decode(WireExamples.bytes(message)));

        assertThat(violation).isNotNull();
        assertThat(violation.code()).isEqualTo(103);
    }

    @Test
    void longHeaderIsRefusedWithoutBeingRead() {
        byte[] message = WireExamples.bytes("mark 1 " + "0".repeat(1100) + "1\\n");

        assertThatThrownBy(() -> ClientMessageDecoder.decode(message)).hasMessage("the header has no end");
    }

    @Test
    void pathThatIsNotUtf8IsRefused() {
        byte[] message = WireExamples.bytes("bind 1 5 0 1 0\\n\"foo\"");
        message[17] = (byte) 0xC3;

        assertThatThrownBy(() -> ClientMessageDecoder.decode(message)).hasMessage("a text is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4",
                "4 0 3 0",
                "4 0 3 0 4",
                "4 0 3 0 4 ABC",
                "4 0 3 0 9223372036854775807 ABC",
                "4 0 3 0 4 ABCD 5 0 3 0 4 ABCD",
                "4 0 -3 0 4 ABCD",
                "4  0 3 0 4 ABCD",
            })
    void malformedEntryIsFoundWhenItIsRead(String body) {
        byte[] message = WireExamples.bytes("upload 1 0 " + body.length() + " 0 9 0 0\\n" + body);
        var upload = (ClientMessage.Upload) ClientMessageDecoder.decode(message);

        assertThatThrownBy(() -> upload.entries(1000).forEachRemaining(entry -> {}))
                .isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void tokensDoNotShowInTheTextOfAMessage() {
        assertThat(new ClientMessage.Bind(1, "\"a\"", "sec.ret", true, false).toString()).doesNotContain("sec.ret");
        assertThat(new ClientMessage.Refresh(1, "sec.ret").toString()).doesNotContain("sec.ret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error 208 0 0 0\\n",
                "error 100 0 1 1\\n",
                "download 1 0 0 0 0 0 0 0.5 0 0 0\\n",
                "log_message 0 30\\n{\"level\":\"loud\",\"msg\":\"x\"}    ",
                "json_error 100 14 0\\n{\"message\":\"\"}",
                "mark 1 1\\n ",
            })
    void serverMessageThatWouldBeFatalToAClientIsRefused(String message) {
        assertThatThrownBy(() -> ServerMessageDecoder.decode(WireExamples.bytes(message)))
                .isInstanceOf(ProtocolViolation.class);
    }
}

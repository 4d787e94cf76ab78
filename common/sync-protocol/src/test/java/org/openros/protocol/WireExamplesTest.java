// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WireExamplesTest {
    private static final int LIMIT = 1 << 20;

    static List<String> fromClients() {
        return WireExamples.of('C');
    }

    static List<String> fromServers() {
        return WireExamples.of('S');
    }

    static List<String> ofFlexibleSync() {
        return WireExamples.of('F');
    }

    @ParameterizedTest
    @MethodSource("fromClients")
    void clientMessageIsEncodedAsItWasDecoded(String example) {
        ClientMessage message = ClientMessageDecoder.decode(WireExamples.bytes(example));

        assertThat(WireExamples.text(message.encode())).isEqualTo(example);
    }

    @ParameterizedTest
    @MethodSource("fromServers")
    void serverMessageIsEncodedAsItWasDecoded(String example) {
        ServerMessage message = ServerMessageDecoder.decode(WireExamples.bytes(example));

        assertThat(WireExamples.text(message.encode())).isEqualTo(example);
    }

    @ParameterizedTest
    @MethodSource("ofFlexibleSync")
    void messageOfFlexibleSyncIsRefused(String example) {
        byte[] message = WireExamples.bytes(example);

        assertThatThrownBy(() -> ClientMessageDecoder.decode(message)).isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> ServerMessageDecoder.decode(message)).isInstanceOf(ProtocolViolation.class);
    }

    @ParameterizedTest
    @MethodSource("fromClients")
    void routeHasTheSessionOfTheWholeMessage(String example) {
        byte[] bytes = WireExamples.bytes(example);

        MessageRoute route = ClientMessageDecoder.route(bytes);

        long session = ClientMessageDecoder.decode(bytes) instanceof ClientMessage.OfSession of ? of.session() : 0;
        assertThat(route.session()).isEqualTo(session);
    }

    @Test
    void uploadHasItsEntriesInOrder() {
        byte[] bytes = WireExamples.bytes(
                "upload 1 0 49 0 7 0 0\\n4 0 350000000000 0 4 ABCD6 0 350000000450 0 3 EFG");

        var upload = (ClientMessage.Upload) ClientMessageDecoder.decode(bytes);

        assertThat(upload.progress()).isEqualTo(new UploadProgress(7, 0, 0));
        assertThat(upload.entries(LIMIT))
                .toIterable()
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        new UploadEntry(4, 0, 350000000000L, 0, WireExamples.bytes("ABCD")),
                        new UploadEntry(6, 0, 350000000450L, 0, WireExamples.bytes("EFG")));
    }

    @Test
    void compressedTwinOfDownloadHasTheSameEntry() {
        byte[] header = WireExamples.bytes("download 1 2 4 2 5188146770730811392 5 1 0 1 27 29\\n");
        byte[] body = HexFormat.of().parseHex("78013352305130363580007373730563a08089427844641400461f0581");
        byte[] message = new MessageWriter(0).bytes(header).bytes(body).toBytes();

        var download = (ServerMessage.Download) ServerMessageDecoder.decode(message);

        assertThat(download.entries(LIMIT))
                .toIterable()
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(new DownloadEntry(2, 4, 350000000777L, 3, 4, WireExamples.bytes("WXYZ")));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** A client on a plain socket, which can do what no library would. Reading fails after ten seconds of silence. */
final class RawClient implements AutoCloseable {
    static final String ALL_VERSIONS = IntStream.iterate(14, version -> version >= 2, version -> version - 1)
            .mapToObj(version -> "com.mongodb.realm-sync#" + version)
            .collect(Collectors.joining(", "));

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private final Socket socket;
    private final DataInputStream in;

    /** The head of an HTTP response, and its body if it is not a switch of protocols. */
    record Response(int status, String statusLine, Map<String, String> headers, String body) {
        @Nullable String header(String name) {
            return headers.get(name);
        }
    }

    record Frame(int opcode, boolean last, byte[] payload) {
        String text() {
            return new String(payload, UTF_8);
        }

        int closeCode() {
            return (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
        }
    }

    RawClient(int port) throws IOException {
        this(port, 0);
    }

    /** With a small receive buffer, for a client that does not read. */
    RawClient(int port, int receiveBuffer) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Over a socket that is connected already. */
    RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(10_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Connects as a current stock client does. */
    static RawClient connected(int port) throws IOException {
        return connected(port, ALL_VERSIONS);
    }

    static RawClient connected(int port, String offers) throws IOException {
        RawClient client = new RawClient(port);
        client.open(offers);
        return client;
    }

    void open(String offers) throws IOException {
        Response response = upgrade("/api/client/v2.0/app/app1/realm-sync?baas_at=token1", offers, "");
        if (response.status() != 101) {
            throw new IOException("refused: " + response);
        }
        if (offers.contains("#14")) {
            Frame greeting = read();
            if (!greeting.text().startsWith("log_message 0 ")) {
                throw new IOException("no greeting but " + greeting.text());
            }
        }
    }

    Response upgrade(String uri, String offers, String furtherHeaders) throws IOException {
        String protocols = offers.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + offers + "\r\n";
        return request("GET " + uri + " HTTP/1.1\r\nHost: sync.example:1234\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + protocols
                + "Sec-WebSocket-Version: 13\r\nUpgrade: websocket\r\n" + furtherHeaders + "\r\n");
    }

    Response request(String head) throws IOException {
        sendRaw(head.getBytes(ISO_8859_1));
        return response();
    }

    void sendRaw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    private Response response() throws IOException {
        String statusLine = line();
        int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.merge(line.substring(0, colon), line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
        }
        return new Response(status, statusLine, headers, status == 101 ? "" : body(headers));
    }

    private String body(Map<String, String> headers) throws IOException {
        String length = headers.get("Content-Length");
        if (length != null) {
            return new String(in.readNBytes(Integer.parseInt(length)), UTF_8);
        }
        StringBuilder body = new StringBuilder();
        if ("chunked".equals(headers.getOrDefault("Transfer-Encoding", "").toLowerCase(Locale.ROOT))) {
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                body.append(new String(in.readNBytes(size), UTF_8));
                line();
            }
            line();
        }
        return body.toString();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            line.write(next);
        }
        return line.toString(ISO_8859_1).strip();
    }

    void send(String message) throws IOException {
        send(message.getBytes(UTF_8));
    }

    void send(byte[] message) throws IOException {
        sendFrame(BINARY, true, true, message);
    }

    void sendFrame(int opcode, boolean last, boolean masked, byte[] payload) throws IOException {
        sendRaw(frame(opcode, last, masked, payload));
    }

    static byte[] frame(int opcode, boolean last, boolean masked, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write((last ? 0x80 : 0) | opcode);
        int mask = masked ? 0x80 : 0;
        if (payload.length < 126) {
            frame.write(mask | payload.length);
        } else if (payload.length < 1 << 16) {
            frame.write(mask | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(mask | 127);
            frame.writeBytes(new byte[4]);
            for (int shift = 24; shift >= 0; shift -= 8) {
                frame.write(payload.length >> shift);
            }
        }
        byte[] key = {11, 22, 33, 44};
        if (masked) {
            frame.writeBytes(key);
        }
        for (int i = 0; i < payload.length; i++) {
            frame.write(masked ? payload[i] ^ key[i & 3] : payload[i]);
        }
        return frame.toByteArray();
    }

    /** The next frame; fails at the end of the stream. */
    Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        long length = second & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if ((second & 0x80) != 0) {
            throw new IOException("a server must not mask");
        }
        return new Frame(first & 0x0F, (first & 0x80) != 0, in.readNBytes(Math.toIntExact(length)));
    }

    /** The next bytes as they come. */
    byte[] readRaw(int length) throws IOException {
        return in.readNBytes(length);
    }

    /** The text of the next message. */
    String message() throws IOException {
        Frame frame = read();
        if (frame.opcode() != BINARY || !frame.last()) {
            throw new IOException("not a message: " + frame);
        }
        return frame.text();
    }

    /** Whether the server has closed, without anything more to read. */
    boolean atEnd() throws IOException {
        return in.read() < 0;
    }

    /** Ends with a reset instead of an orderly close. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    int receiveBuffer() throws IOException {
        return socket.getReceiveBufferSize();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

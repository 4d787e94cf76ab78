// SPDX-License-Identifier: Apache-2.0
package org.openros.domain;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The name of a realm inside the server: {@code /<appId>/<partition>}. It is printable ASCII, and the partition can be
 * read back from it. String partitions stand as they are with unusual bytes percent-encoded; other types start with
 * {@code =}: {@code =int:42}, {@code =oid:<hex>}, {@code =uuid:<uuid>}, {@code =null}.
 *
 * @param value the whole path
 */
public record RealmPath(String value) implements Comparable<RealmPath> {
    private static final int MAX_LENGTH = 4096;
    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~/";

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the text is not a realm path
     */
    public RealmPath {
        int end = value.indexOf('/', 1);
        if (value.length() > MAX_LENGTH || !value.startsWith("/") || end < 2 || end == value.length() - 1) {
            throw new IllegalArgumentException("not a realm path: /<app>/<partition> is expected");
        }
        if (!AppId.isValid(value.substring(1, end)) || !isPrintable(value)) {
            throw new IllegalArgumentException("not a realm path: /<app>/<partition> is expected");
        }
    }

    /** The path of a partition of an app. */
    public static RealmPath of(AppId app, Partition partition) {
        return new RealmPath("/" + app.value() + "/" + encode(partition));
    }

    /** The application that the realm belongs to. */
    public AppId app() {
        return new AppId(value.substring(1, value.indexOf('/', 1)));
    }

    /**
     * The partition that the path stands for.
     *
     * @throws IllegalArgumentException if the path was written by hand and its partition is not well-formed
     */
    public Partition partition() {
        String text = value.substring(value.indexOf('/', 1) + 1);
        if (!text.startsWith("=")) {
            return new Partition.Text(decodeText(text));
        }
        int colon = text.indexOf(':');
        String type = colon < 0 ? text : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        return switch (type) {
            case "=null" -> Partition.None.NULL;
            case "=empty" -> new Partition.Text("");
            case "=int" -> new Partition.Number(Long.parseLong(rest));
            case "=oid" -> new Partition.ObjectId(rest);
            case "=uuid" -> new Partition.Uuid(UUID.fromString(rest));
            default -> throw new IllegalArgumentException("not a partition type: " + type);
        };
    }

    private static String encode(Partition partition) {
        return switch (partition) {
            case Partition.Text text -> text.value().isEmpty() ? "=empty" : encodeText(text.value());
            case Partition.Number number -> "=int:" + number.value();
            case Partition.ObjectId oid -> "=oid:" + oid.hex();
            case Partition.Uuid uuid -> "=uuid:" + uuid.value();
            case Partition.None none -> "=null";
        };
    }

    private static String encodeText(String text) {
        StringBuilder out = new StringBuilder();
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (unit & 0xFF);
            boolean dot = c == '.' && !out.isEmpty() && Character.isLetterOrDigit(out.charAt(out.length() - 1));
            if (dot || UNRESERVED.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(unit));
            }
        }
        return out.toString();
    }

    private static String decodeText(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                out.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                out.write(text.charAt(i));
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    @Override
    public int compareTo(RealmPath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

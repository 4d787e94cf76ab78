// SPDX-License-Identifier: Apache-2.0
package org.openros.domain;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The name of a realm inside the server: {@code /<appId>/<partition>}. It is printable ASCII, and a partition has
 * exactly one path, from which it can be read back. String partitions stand as they are with unusual bytes
 * percent-encoded, and the empty one is {@code =empty}; other types start with {@code =} too: {@code =int:42},
 * {@code =oid:<hex>}, {@code =uuid:<uuid>}, {@code =null}. No segment is ever {@code .} or {@code ..}.
 *
 * @param value the whole path
 */
public record RealmPath(String value) implements Comparable<RealmPath> {
    private static final int MAX_LENGTH = 4096;
    private static final String LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String UNRESERVED = LETTERS_AND_DIGITS + "-_~/";

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the text is not the path of any partition
     */
    public RealmPath {
        int end = value.indexOf('/', 1);
        if (value.length() > MAX_LENGTH || !value.startsWith("/") || end < 2 || end == value.length() - 1) {
            throw new IllegalArgumentException("not a realm path: /<app>/<partition> is expected");
        }
        String partition = value.substring(end + 1);
        if (!AppId.isValid(value.substring(1, end)) || !encode(decode(partition)).equals(partition)) {
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

    /** The partition that the path stands for. */
    public Partition partition() {
        return decode(value.substring(value.indexOf('/', 1) + 1));
    }

    private static Partition decode(String text) {
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
            case "=uuid" -> Partition.Uuid.parse(rest);
            default -> throw new IllegalArgumentException("not a partition type");
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
        char before = '/';
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (unit & 0xFF);
            if (UNRESERVED.indexOf(c) >= 0 || (c == '.' && LETTERS_AND_DIGITS.indexOf(before) >= 0)) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(unit));
            }
            before = c;
        }
        return out.toString();
    }

    private static String decodeText(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%' && i + 3 <= text.length()) {
                out.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                out.write(text.charAt(i));
            }
        }
        return out.toString(StandardCharsets.UTF_8);
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

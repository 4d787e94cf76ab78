// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.api;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** An answer of bytes with their SHA-256. */
final class Content {
    static final String DIGEST = "X-Realm-Digest";

    private final HttpStatus status;
    private final byte[] bytes;
    private final HttpHeaders headers = new HttpHeaders();

    Content(HttpStatus status, byte[] bytes) {
        this.status = status;
        this.bytes = bytes;
    }

    Content header(String name, String value) {
        headers.set(name, value);
        return this;
    }

    ResponseEntity<byte[]> response() {
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(DIGEST, digest(bytes))
                .body(bytes);
    }

    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

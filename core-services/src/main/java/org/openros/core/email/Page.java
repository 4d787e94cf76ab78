// SPDX-License-Identifier: Apache-2.0
package org.openros.core.email;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.openros.core.account.MailProof;
import org.openros.core.http.ApiError;
import org.openros.core.http.ApiException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Pages without scripts, cookies or anything from elsewhere. The only thing of a request that comes back is a token
 * made of hexadecimal digits.
 */
final class Page {
    private static final String STYLE = "body{font-family:sans-serif;max-width:30em;margin:4em auto;padding:0 1em}"
            + "input,button{font-size:1em;padding:.4em;margin:.3em 0;display:block}";
    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private Page() {}

    static ResponseEntity<String> confirmForm(MailProof proof) {
        return page(HttpStatus.OK, "Confirm your address", form("/confirm-email", proof, """
                <button type="submit">Confirm</button>
                """));
    }

    static ResponseEntity<String> resetForm(MailProof proof, String problem) {
        return page(problem.isEmpty() ? HttpStatus.OK : HttpStatus.BAD_REQUEST, "Choose a new password", """
                <p>%s</p>
                """.formatted(problem) + form("/reset-password", proof, """
                <label>New password <input type="password" name="password" autocomplete="new-password" required></label>
                <label>The same again <input type="password" name="password-repeated" autocomplete="new-password"
                 required></label>
                <button type="submit">Change password</button>
                """));
    }

    private static String form(String action, MailProof proof, String fields) {
        if (!proof.isWellFormed()) {
            throw new IllegalArgumentException("a page shows well-formed tokens only");
        }
        return """
                <form method="post" action="%s">
                <input type="hidden" name="token" value="%s">
                <input type="hidden" name="tokenId" value="%s">
                %s</form>
                """.formatted(action, proof.token(), proof.id(), fields);
    }

    static ResponseEntity<String> done(String text) {
        return page(HttpStatus.OK, "Done", "<p>" + text + "</p>");
    }

    static ResponseEntity<String> badLink() {
        return page(HttpStatus.BAD_REQUEST, "This link does not work", """
                <p>It is incomplete, was used before, has been replaced by a newer mail, or is too old. Ask the app for
                a new mail.</p>
                """);
    }

    /** What went wrong, in fixed words. */
    static ResponseEntity<String> of(ApiException problem) {
        return problem.error() == ApiError.BAD_EMAIL_TOKEN || problem.error() == ApiError.BAD_REQUEST
                ? badLink()
                : page(HttpStatus.SERVICE_UNAVAILABLE, "Not now", "<p>Please try again in a minute.</p>");
    }

    private static ResponseEntity<String> page(HttpStatus status, String title, String content) {
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Cache-Control", "no-store")
                .body("""
                        <!doctype html>
                        <html lang="en">
                        <head><meta charset="utf-8"><title>%s</title><style>%s</style></head>
                        <body><h1>%s</h1>
                        %s</body>
                        </html>
                        """.formatted(title, STYLE, title, content));
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}

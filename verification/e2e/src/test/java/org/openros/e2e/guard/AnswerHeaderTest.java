// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e.guard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openros.e2e.server.SharedServer;

import static org.assertj.core.api.Assertions.assertThat;

/** What each answer says to browsers and caches, and what it does not say about the server. */
class AnswerHeaderTest {
    @RegisterExtension
    static final SharedServer SERVER = new SharedServer();

    @ParameterizedTest
    @CsvSource({
        "/, 404, application/json",
        "/livez, 200, application/json",
        "/api/client/v2.0/app/header-app/location, 200, application/json",
        "/api/client/v2.0/auth/profile, 401, application/json",
        "/api/client/v2.0/nothing, 404, application/json",
        "/auth/users, 401, application/json",
        "/permissions, 401, application/json",
        "/realms, 401, application/json",
        "/admin/v1/users, 401, application/problem+json",
        "/admin/v1/nothing, 401, application/problem+json",
        "/confirm-email, 400, text/html;charset=UTF-8",
        "/reset-password?token=<script>, 400, ''"
    })
    void answersAreLabelledNotCachedNotFramedAndNameNoSoftware(String path, int status, String type)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI address = URI.create(SERVER.url() + path.replace("<", "%3C").replace(">", "%3E"));
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(status);
            HttpHeaders headers = answer.headers();
            assertThat(headers.firstValue("Content-Type").orElse("")).startsWith(type);
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
            assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
            assertThat(headers.map()).doesNotContainKeys("Server", "server", "X-Powered-By", "Set-Cookie");
            assertThat(answer.body()).doesNotContain("<script", "org.openros", "Exception", "\tat ");
        }
    }
}

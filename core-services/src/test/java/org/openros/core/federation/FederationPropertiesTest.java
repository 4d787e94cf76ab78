// SPDX-License-Identifier: Apache-2.0
package org.openros.core.federation;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openros.core.federation.FederationProperties.Issuer;
import org.openros.domain.AppId;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class FederationPropertiesTest {
    private static FederationProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("ros.auth", FederationProperties.class);
    }

    @Test
    void defaults() {
        assertThat(bind(Map.of()).issuers()).isEmpty();
        assertThat(bind(Map.of("ros.auth.issuers.a.issuer", "https://a")).issuers())
                .containsEntry("a", new Issuer(
                        "custom-token", List.of(), "https://a", null, null, null, List.of(), List.of(), "sub",
                        Map.of(), Map.of()));
    }

    @Test
    void everySettingIsRead() {
        Map<String, String> settings = Map.ofEntries(
                Map.entry("ros.auth.issuers.a.provider", "oauth2-apple"),
                Map.entry("ros.auth.issuers.a.apps", "shop,bank"),
                Map.entry("ros.auth.issuers.a.issuer", "https://a"),
                Map.entry("ros.auth.issuers.a.jwks-uri", "https://a/keys"),
                Map.entry("ros.auth.issuers.a.jwks-file", "/a/keys"),
                Map.entry("ros.auth.issuers.a.secret", "very-secret"),
                Map.entry("ros.auth.issuers.a.audiences", "x,y"),
                Map.entry("ros.auth.issuers.a.algorithms", "ES256"),
                Map.entry("ros.auth.issuers.a.subject-claim", "oid"),
                Map.entry("ros.auth.issuers.a.required-claims.tenant", "t"),
                Map.entry("ros.auth.issuers.a.fields.first_name", "given_name"));
        Issuer issuer = new Issuer(
                "oauth2-apple", List.of(new AppId("shop"), new AppId("bank")), "https://a",
                URI.create("https://a/keys"),
                Path.of("/a/keys"), "very-secret", List.of("x", "y"), List.of("ES256"), "oid", Map.of("tenant", "t"),
                Map.of("first_name", "given_name"));
        assertThat(bind(settings).issuers()).containsExactly(Map.entry("a", issuer));
        assertThat(issuer.toString()).doesNotContain("very-secret");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.domain.AppId;
import org.openros.domain.Partition;
import org.openros.domain.RealmPath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PermissionRulesTest {
    private static final AppId APP = new AppId("shop");
    private static final String ANN = "6553f0a1c2d3e4f5a6b7c8d9";

    private static RealmPath path(String partition) {
        return RealmPath.of(APP, Partition.parse(partition));
    }

    private static AccessLevel level(PermissionRules rules, String partition) {
        return AccessLevel.of(rules.rights(path(partition), ANN));
    }

    private static PermissionRules rules(PermissionRule... rules) {
        return new PermissionRules(List.of(rules));
    }

    @Test
    void anAppWithoutRulesIsOpen() {
        PermissionRules rules = rules(new PermissionRule("another", "**", AccessLevel.NONE));
        assertThat(level(rules, "anything")).isEqualTo(AccessLevel.WRITE);
    }

    @Test
    void realmsOfTheServerAreClosedWhateverTheRules() {
        RealmPath own = RealmPath.of(AppId.SYSTEM, new Partition.Text("auth"));
        assertThat(rules().rights(own, ANN)).isEmpty();
        assertThat(rules(new PermissionRule("*", "**", AccessLevel.ADMIN)).rights(own, ANN)).isEmpty();
    }

    @Test
    void theFirstRuleThatFitsCountsAndWhereNoneFitsNothingIsAllowed() {
        PermissionRules rules = rules(
                new PermissionRule("*", "news-old", AccessLevel.NONE),
                new PermissionRule("shop", "news-*", AccessLevel.READ));
        assertThat(level(rules, "news-old")).isEqualTo(AccessLevel.NONE);
        assertThat(level(rules, "news-new")).isEqualTo(AccessLevel.READ);
        assertThat(level(rules, "other")).isEqualTo(AccessLevel.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "news, news, true",
        "news, News, false",
        "news, news2, false",
        "news-*, news-, true",
        "news-*, news-a/b, false",
        "/a/*/c, /a/b/c, true",
        "/a/*/c, /a/b/d/c, false",
        "/a/**, /a/b/c, true",
        "/a/**, /a/, true",
        "/a/**, /ab, false",
        "a.c, abc, false",
        "%%user.id, 6553f0a1c2d3e4f5a6b7c8d9, true",
        "%%user.id, 6553f0a1c2d3e4f5a6b7c8d8, false",
        "user=%%user.id, user=6553f0a1c2d3e4f5a6b7c8d9, true",
        "/~/**, /6553f0a1c2d3e4f5a6b7c8d9/notes/x, true",
        "/~/**, /6553f0a1c2d3e4f5a6b7c8d8/notes, false",
        "/~/**, /~/notes, false",
        "**, =int:5, true",
        "*, =int:5, true",
        "=int:5, =int:5, false",
        "=int:*, '{\"$numberInt\":\"5\"}', true",
        "=int:5, '{\"$numberLong\":\"5\"}', true",
        "*, '{\"$numberInt\":\"5\"}', false",
        "**, '{\"$numberInt\":\"5\"}', true",
        "=oid:%%user.id, '{\"$oid\":\"6553f0a1c2d3e4f5a6b7c8d9\"}', true",
        "=oid:%%user.id, '{\"$oid\":\"6553f0a1c2d3e4f5a6b7c8d8\"}', false",
        "=null, null, true"
    })
    void aPatternFitsWhatItSays(String pattern, String partition, boolean fits) {
        PermissionRules rules = rules(new PermissionRule("*", pattern, AccessLevel.ADMIN));
        assertThat(level(rules, partition)).isEqualTo(fits ? AccessLevel.ADMIN : AccessLevel.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"**/a", "a*b*", "/a/**b"})
    void starsWithoutMeaningAreRefused(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PermissionRule("*", pattern, AccessLevel.READ))
                .withMessageContaining("ros.permissions.rules");
    }

    @Test
    void aHomeIsTheUsersOnlyWhereARuleMakesHomes() {
        Partition home = new Partition.Text("/~/notes");
        PermissionRules homes = rules(new PermissionRule("shop", "/~/**", AccessLevel.ADMIN));
        assertThat(homes.path(APP, home, ANN)).isEqualTo(path("/" + ANN + "/notes"));
        assertThat(homes.path(new AppId("other"), home, ANN).partition()).isEqualTo(home);
        assertThat(rules().path(APP, home, ANN)).isEqualTo(path("/~/notes"));
    }
}

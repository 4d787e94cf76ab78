// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.HexIds;
import org.openros.domain.token.TokenIssuer;
import org.openros.domain.token.UserToken;

/** Makes the tokens that clients keep. Thread-safe. */
public final class SessionTokens {
    private final TokenIssuer issuer;
    private final TokenLives lives;
    private final Clock clock;

    SessionTokens(TokenIssuer issuer, TokenLives lives, Clock clock) {
        this.issuer = issuer;
        this.lives = lives;
        this.clock = clock;
    }

    /** When a log-in made now ends. */
    Instant endOfLogin() {
        return now().plus(lives.idle());
    }

    /**
     * When the log-in of a refresh token ends if it is given a longer life now; null if that is not worth a write.
     *
     * @param end when it ends if nothing is done
     */
    @Nullable Instant laterEnd(UserToken refresh, Instant end) {
        Instant later = endOfLogin();
        Instant last = refresh.expiresAt();
        Instant possible = later.isAfter(last) ? last : later;
        return possible.isAfter(end.plus(lives.step())) ? possible : null;
    }

    String access(UserSession session) {
        return access(session, lives.access()).text();
    }

    /** An access token of another life than usual. */
    public Issued access(UserSession session, Duration life) {
        UserToken token = token(UserToken.Kind.ACCESS, session, life);
        String customData = session.customData();
        String text = issuer.issue(token, customData == null ? Map.of() : CustomData.parse(customData));
        return new Issued(text, token.expiresAt());
    }

    String refresh(UserSession session) {
        return longLived(session).text();
    }

    /** The refresh token of a log-in. */
    public Issued longLived(UserSession session) {
        UserToken token = token(UserToken.Kind.REFRESH, session, lives.longest());
        return new Issued(issuer.issue(token), token.expiresAt());
    }

    /** A token and its end. */
    public record Issued(String text, Instant expiresAt) {
        @Override
        public String toString() {
            return "Issued[" + expiresAt + "]";
        }
    }

    private UserToken token(UserToken.Kind kind, UserSession session, Duration life) {
        return new UserToken(
                kind,
                session.userId(),
                session.app(),
                session.loginId(),
                session.deviceId(),
                HexIds.next(now()),
                now(),
                now().plus(life));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}

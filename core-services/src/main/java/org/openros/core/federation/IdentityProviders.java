// SPDX-License-Identifier: Apache-2.0
package org.openros.core.federation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.openros.core.account.IdentityKey;
import org.openros.core.account.Provider;
import org.openros.core.account.Vouched;
import org.openros.core.federation.IdentityProvider.Person;
import org.openros.core.federation.IdentityProvider.RefusedException;
import org.openros.core.federation.IdentityProvider.UndecidedException;
import org.openros.core.http.ApiError;
import org.openros.core.http.JsonBody;
import org.openros.domain.AppId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that vouch for others. Each problem ends in an error reply. Thread-safe. */
public final class IdentityProviders {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityProviders.class);
    private static final Set<Provider> BUILT_IN =
            EnumSet.of(Provider.ANONYMOUS, Provider.EMAIL_PASSWORD, Provider.API_KEY);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");
    private static final int MAX_SUBJECT = 512;
    private static final int MAX_FIELDS = 32;
    private static final int MAX_VALUE = 1_024;

    private final Map<Provider, IdentityProvider> providers = new EnumMap<>(Provider.class);

    IdentityProviders(List<IdentityProvider> providers) {
        for (IdentityProvider each : providers) {
            if (BUILT_IN.contains(each.provider()) || this.providers.put(each.provider(), each) != null) {
                throw new IllegalStateException(
                        "built in, or given by two identity providers: " + each.provider().pathName());
            }
        }
    }

    /** Who shows these credentials; ends in a 404 reply if nobody knows this way to log in. */
    public Vouched identify(AppId app, Provider provider, JsonBody credentials) {
        IdentityProvider judge = providers.get(provider);
        if (judge == null) {
            throw ApiError.NO_PROVIDER.exception();
        }
        try {
            return vouched(app, provider, judge.identify(app, credentials.json()));
        } catch (RefusedException e) {
            throw ApiError.BAD_FOREIGN_TOKEN.exception(String.valueOf(e.getMessage()));
        } catch (UndecidedException e) {
            LOG.warn("{} cannot be judged now: {}", provider.pathName(), e.getMessage(), e);
            throw ApiError.UNAVAILABLE.exception();
        }
    }

    private static Vouched vouched(AppId app, Provider provider, Person person) throws RefusedException {
        String subject = person.subject();
        if (subject.isBlank() || subject.length() > MAX_SUBJECT || !isPlain(subject)) {
            throw new RefusedException("the subject is empty, too long or not printable");
        }
        Map<String, String> profile = new HashMap<>();
        person.profile().forEach((name, value) -> {
            if (profile.size() < MAX_FIELDS && NAME.matcher(name).matches() && value.length() <= MAX_VALUE
                    && isPlain(value)) {
                profile.put(name, value);
            }
        });
        return new Vouched(new IdentityKey(app, provider, subject), profile);
    }

    private static boolean isPlain(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}

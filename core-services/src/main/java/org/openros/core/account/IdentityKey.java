// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.domain.AppId;

/**
 * What makes a way in unique.
 *
 * @param subject the e-mail address in its normal form, the user id of an anonymous user, the digest of an API key,
 *     or the issuer's name, a slash and the subject of its token
 */
public record IdentityKey(AppId app, Provider provider, String subject) {
    ObjectRef object() {
        return new ObjectRef(MetadataTable.IDENTITY, text());
    }

    String text() {
        return app.value() + "/" + provider.pathName() + "/" + subject;
    }

    /** Reads what {@link #text()} wrote; null for what a newer version may have written. */
    static @Nullable IdentityKey parse(String text) {
        String[] parts = text.split("/", 3);
        Provider provider = parts.length == 3 ? Provider.named(parts[1]) : null;
        return provider == null || !AppId.isValid(parts[0])
                ? null
                : new IdentityKey(new AppId(parts[0]), provider, parts[2]);
    }
}

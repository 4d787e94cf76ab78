// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.edge;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names under which a request is found again in the logs of all processes, and by the one who has sent it. */
public final class RequestIds {
    /** The header in which a request may bring its name, and in which the answer repeats it. */
    public static final String HEADER = "X-Request-Id";

    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{4,64}");

    private RequestIds() {}

    /**
     * The offered name if it is well-formed (4 to 64 letters, digits, dots, hyphens and underscores), else a new one.
     */
    public static String of(@Nullable String offered) {
        return offered != null && isGood(offered)
                ? offered
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** Likewise for a connection: workers tell connections apart by it, so it is never the same twice. */
    public static String ofConnection(@Nullable String offered) {
        return offered != null && isGood(offered)
                ? offered + "." + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt())
                : of(null);
    }

    private static boolean isGood(String offered) {
        return WELL_FORMED.matcher(offered).matches();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import io.grpc.Status;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.util.Locale;
import org.openros.replication.Event;

/** Tells from what the transport says why a call to another node has ended. */
final class LinkEnd {
    private LinkEnd() {}

    static Event.Cause cause(Status status) {
        if (isRefused(status)) {
            return Event.Cause.REFUSED;
        }
        return isUnanswered(status) ? Event.Cause.UNREACHABLE : Event.Cause.RESET;
    }

    /** Whether the peer's host is there and nobody listens. */
    static boolean isRefused(Status status) {
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException && !(cause instanceof ConnectTimeoutException)) {
                return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("refused");
            }
        }
        return false;
    }

    /** Whether there is no answer, no route or no name; everything else shows that there was a peer. */
    private static boolean isUnanswered(Status status) {
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof java.net.SocketException && isNoRoute(cause)
                    || cause instanceof java.net.UnknownHostException) {
                return true;
            }
        }
        String description = String.valueOf(status.getDescription());
        return status.getCode() == Status.Code.DEADLINE_EXCEEDED
                || description.contains("Keepalive failed")
                || description.contains("Unable to resolve host");
    }

    private static boolean isNoRoute(Throwable cause) {
        return cause instanceof ConnectException || cause instanceof java.net.NoRouteToHostException;
    }

    /** What the peer or the transport said. */
    static String message(Status status) {
        Throwable cause = status.getCause();
        String description = String.valueOf(status.getDescription());
        return status.getCode() + ": " + (cause == null ? description : description + " (" + cause.getMessage() + ")");
    }
}

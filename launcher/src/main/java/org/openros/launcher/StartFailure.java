// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.openros.storage.StorageException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;

/** Why the server does not start, in words that tell the operator what to do. */
public final class StartFailure extends RuntimeException {
    /** Messages about settings begin with the setting's name. */
    private static final String SETTING = "ros.";
    private static final String CANNOT_LISTEN = "cannot listen at ";

    private static final long serialVersionUID = 1L;

    private final ExitStatus status;

    /** A failure with a reason of its own. */
    public StartFailure(ExitStatus status, String message) {
        super(message);
        this.status = status;
    }

    /** A failure whose cause tells more. */
    public StartFailure(ExitStatus status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** The message for whatever ended the start of an application. */
    static StartFailure of(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            StartFailure known = known(cause, fault);
            if (known != null) {
                return known;
            }
        }
        return new StartFailure(ExitStatus.FAULT, "the server does not start: " + fault, fault);
    }

    private static @Nullable StartFailure known(Throwable cause, Throwable fault) {
        String message = String.valueOf(cause.getMessage());
        return switch (cause) {
            case StartFailure failure -> failure;
            case StorageException storage -> new StartFailure(ExitStatus.DATA, message, fault);
            case PortInUseException port -> new StartFailure(ExitStatus.ADDRESS, "port " + port.getPort()
                    + " was taken by another process just now: start again", fault);
            case UncheckedIOException io when message.startsWith(CANNOT_LISTEN) ->
                new StartFailure(ExitStatus.ADDRESS, message, fault);
            case IllegalArgumentException setting when message.startsWith(SETTING) ->
                new StartFailure(ExitStatus.USAGE, message, fault);
            case BindException bind when !innermost(bind).startsWith(SETTING) ->
                new StartFailure(ExitStatus.USAGE, bind.getName() + ": " + innermost(bind), fault);
            default -> null;
        };
    }

    private static String innermost(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** The exit code that goes with it. */
    public ExitStatus status() {
        return status;
    }
}

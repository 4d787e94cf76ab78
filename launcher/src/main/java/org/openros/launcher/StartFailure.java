// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import org.openros.storage.StorageException;
import org.springframework.boot.web.server.PortInUseException;

/** Why the server does not start, in words that tell the operator what to do. */
public final class StartFailure extends RuntimeException {
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
            if (cause instanceof StartFailure failure) {
                return failure;
            }
            if (cause instanceof StorageException storage) {
                return new StartFailure(ExitStatus.DATA, storage.getMessage() + "", fault);
            }
            if (cause instanceof PortInUseException port) {
                return new StartFailure(ExitStatus.ADDRESS, "port " + port.getPort()
                        + " was taken by another process just now: start again", fault);
            }
        }
        return new StartFailure(ExitStatus.FAULT, "the server does not start: " + fault, fault);
    }

    /** The exit code that goes with it. */
    public ExitStatus status() {
        return status;
    }
}

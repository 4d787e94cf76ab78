// SPDX-License-Identifier: Apache-2.0
package org.openros.consul.local;

import org.jspecify.annotations.Nullable;

/** There is no Consul program on this machine, and it could not be fetched. */
public final class ConsulMissingException extends Exception {
    private static final String FIX =
            "Install Consul so that 'consul' is on the PATH: 'brew install consul' on macOS, the"
            + " vendor's package repository on Linux (https://developer.hashicorp.com/consul/install).";

    ConsulMissingException(String reason, @Nullable Throwable cause) {
        super(reason + ". " + FIX, cause);
    }
}

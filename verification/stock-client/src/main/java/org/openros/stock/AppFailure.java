// SPDX-License-Identifier: Apache-2.0
package org.openros.stock;

import io.realm.kotlin.internal.interop.sync.AppError;

/** What the SDK reports to the app when a call of the HTTP API fails. */
public final class AppFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    AppFailure(String call, AppError error) {
        super(call + ": " + error.getCode() + ", HTTP " + error.getHttpStatusCode() + ", " + error.getMessage());
        code = String.valueOf(error.getCode());
    }

    /** The client's name of the error, e.g. {@code RLM_ERR_INVALID_PASSWORD}. */
    public String code() {
        return code;
    }
}

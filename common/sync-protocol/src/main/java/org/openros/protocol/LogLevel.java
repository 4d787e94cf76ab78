// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.util.Locale;

/** The level of a LOG_MESSAGE; any other value is fatal to the client's connection. */
public enum LogLevel {
    FATAL,
    ERROR,
    WARN,
    INFO,
    DETAIL,
    DEBUG,
    TRACE;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static LogLevel of(String wireName) {
        for (LogLevel level : values()) {
            if (level.wireName().equals(wireName)) {
                return level;
            }
        }
        throw ProtocolViolation.syntax("the log level is unknown");
    }
}

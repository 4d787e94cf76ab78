// SPDX-License-Identifier: Apache-2.0
package org.openros.core.audit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Leads the audit log to a file of its own, as long as it is open. */
final class AuditFile implements AutoCloseable {
    private final Logger logger;
    private final RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();

    /**
     * Opens the file, and makes it if it is missing.
     *
     * @throws IllegalStateException if it cannot be written
     */
    AuditFile(Path file, AuditProperties settings) {
        logger = (Logger) LoggerFactory.getLogger(AuditLog.LOGGER);
        LoggerContext context = logger.getLoggerContext();
        appender.setContext(context);
        appender.setName(file.toString());
        appender.setFile(file.toString());
        appender.setEncoder(lines(context));
        appender.setRollingPolicy(policy(context, file, settings));
        appender.start();
        if (!appender.isStarted()) {
            throw new IllegalStateException("ros.audit.file: " + file + " cannot be written");
        }
        logger.addAppender(appender);
        logger.setAdditive(false);
    }

    private static PatternLayoutEncoder lines(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%m%n");
        encoder.start();
        return encoder;
    }

    private SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy(
            LoggerContext context, Path file, AuditProperties settings) {
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(file + ".%d{yyyy-MM-dd}.%i.gz");
        policy.setMaxFileSize(new FileSize(settings.maxSize().toBytes()));
        policy.setMaxHistory(settings.days());
        policy.start();
        return policy;
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
        appender.stop();
    }
}

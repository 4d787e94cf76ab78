// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.accesslog;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the access log, one JSON object in each line. A thread of its own writes; if the disk does not keep up, lines
 * are lost rather than requests delayed. It shares nothing with the logs of the process. Thread-safe.
 */
public final class AccessLog implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Lines that may wait for the disk. */
    private static final int QUEUE = 8192;

    private final LoggerContext context = new LoggerContext();
    private final @Nullable Logger logger;

    /**
     * Opens the log, if there is to be one.
     *
     * @throws IllegalArgumentException if the file cannot be written
     */
    AccessLog(AccessLogSettings settings) {
        logger = settings.file().isEmpty() ? null : open(settings);
    }

    /** Whether there is a log; without one no entry need be made. */
    public boolean isOn() {
        return logger != null;
    }

    /** Writes a line. */
    public void write(AccessEntry entry) {
        if (logger != null) {
            logger.info(JSON.writeValueAsString(entry));
        }
    }

    private Logger open(AccessLogSettings settings) {
        OutputStreamAppender<ILoggingEvent> target =
                settings.file().equals(AccessLogSettings.STANDARD_OUTPUT) ? new ConsoleAppender<>() : file(settings);
        context.setMDCAdapter(new LogbackMDCAdapter());
        PatternLayoutEncoder lines = new PatternLayoutEncoder();
        lines.setContext(context);
        lines.setPattern("%msg%n");
        lines.start();
        target.setContext(context);
        target.setEncoder(lines);
        target.start();
        if (!target.isStarted()) {
            throw new IllegalArgumentException("ros.gateway.access-log.file cannot be written: " + settings.file());
        }
        AsyncAppender queue = new AsyncAppender();
        queue.setContext(context);
        queue.setQueueSize(QUEUE);
        queue.setDiscardingThreshold(0);
        queue.setNeverBlock(true);
        queue.addAppender(target);
        queue.start();
        Logger access = context.getLogger("access");
        access.addAppender(queue);
        return access;
    }

    private RollingFileAppender<ILoggingEvent> file(AccessLogSettings settings) {
        RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
        file.setFile(settings.file());
        FixedWindowRollingPolicy names = new FixedWindowRollingPolicy();
        names.setContext(context);
        names.setParent(file);
        names.setFileNamePattern(settings.file() + ".%i");
        names.setMaxIndex(settings.keep());
        names.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(settings.maxSize().toBytes()));
        size.setCheckIncrement(Duration.buildBySeconds(1));
        size.start();
        file.setRollingPolicy(names);
        file.setTriggeringPolicy(size);
        return file;
    }

    /** Writes what waits and closes the file. */
    @Override
    public void close() {
        context.stop();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One server for all tests that leave it running; they keep apart by partition. */
public final class SharedServer implements BeforeAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(SharedServer.class);

    private String url = "";
    private Path data = Path.of("");

    @Override
    public void beforeAll(ExtensionContext context) {
        ServerProcess server = context.getRoot().getStore(NAMESPACE)
                .computeIfAbsent(Running.class, key -> new Running(), Running.class)
                .server;
        url = server.url();
        data = server.data();
    }

    /** What clients take as {@code baseUrl}. */
    public String url() {
        return url;
    }

    /** The folder of its data. */
    public Path data() {
        return data;
    }

    /** Closed by JUnit after the last test. */
    private static final class Running implements AutoCloseable {
        private final Path folder;
        private final ServerProcess server;

        Running() {
            try {
                folder = Files.createTempDirectory("openros-e2e");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server = ServerProcess.start(folder.resolve("data"));
        }

        @Override
        public void close() {
            server.close();
            Folders.delete(folder);
        }
    }
}

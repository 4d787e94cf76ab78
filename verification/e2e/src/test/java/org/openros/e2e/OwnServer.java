// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openros.e2e.server.AdminClient;
import org.openros.e2e.server.Folders;
import org.openros.e2e.server.ServerProcess;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** A server of each test's own, and its administrator; gone after the test. */
final class OwnServer implements BeforeEachCallback, AfterEachCallback {
    private final List<String> settings;
    private @Nullable Path folder;
    private @Nullable ServerProcess process;
    private @Nullable AdminClient admin;

    /**
     * A server.
     *
     * @param settings of the applications, {@code key=value} each
     */
    OwnServer(String... settings) {
        this.settings = List.of(settings);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        Path fresh = Files.createTempDirectory("openros-server");
        folder = fresh;
        ServerProcess started = ServerProcess.start(fresh.resolve("data"), settings);
        process = started;
        admin = new AdminClient(started, Devices.APP);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (process != null) {
            process.close();
        }
        if (folder != null) {
            Folders.delete(folder);
        }
    }

    ServerProcess process() {
        return Objects.requireNonNull(process);
    }

    String url() {
        return process().url();
    }

    AdminClient admin() {
        return Objects.requireNonNull(admin);
    }

    /** A call of its administrator that has to be done at once. */
    String order(String method, String path, String body) {
        HttpResponse<String> response = admin().send(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    /** The name of the realm in the trash, of which there is one. */
    String trashed() {
        return JsonMapper.shared().readTree(order("GET", "/realms/trash", "")).findValue("id").stringValue();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openros.e2e.server.Folders;
import org.openros.stock.ClientApp;
import org.openros.stock.SyncedRealm;

/** The devices of a test, each with its own installation of the app; gone after the test. */
final class Devices implements BeforeEachCallback, AfterEachCallback {
    static final String APP = "e2e-app";

    private final List<ClientApp> apps = new ArrayList<>();
    private Path folder = Path.of("");

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("openros-devices");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        apps.forEach(ClientApp::close);
        apps.clear();
        Folders.delete(folder);
    }

    /** A new installation of the app. */
    ClientApp install(String url) {
        ClientApp app = new ClientApp(url, APP, folder.resolve("device-" + apps.size()));
        apps.add(app);
        return app;
    }

    /** The realm of a partition, on a device of its own with a user of its own. */
    SyncedRealm realm(String url, String partition) {
        return install(url).logInAnonymously().open(partition);
    }

    /** As many of {@link #realm} as asked for. */
    List<SyncedRealm> realms(int count, String url, String partition) {
        List<SyncedRealm> realms = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            realms.add(realm(url, partition));
        }
        return realms;
    }

    /** A folder for what else the test keeps. */
    Path folder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

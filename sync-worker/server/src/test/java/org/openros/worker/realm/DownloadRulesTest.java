// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.protocol.DownloadChecker;
import org.openros.protocol.DownloadEntry;
import org.openros.protocol.DownloadProgress;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.UploadEntry;
import org.openros.protocol.UploadProgress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Random clients that upload, reconnect and live through restarts of the server: whatever they receive keeps the rules
 * of a stock client (sync protocol, section 5.6), and in the end everybody has everything.
 */
final class DownloadRulesTest {
    private static final int STEPS = 120;

    private final RealmFixture fixture = new RealmFixture(200);

    /** A client with a file of its own that survives its connections. */
    private final class Device {
        private final int number;
        private final List<UploadEntry> unacknowledged = new ArrayList<>();
        private final Set<Long> seen = new HashSet<>();
        private final ServerMessage.Ident file;
        private final DownloadChecker checker;
        private RawClient connection;
        private int checked;
        private int connections;
        private long version = 1;

        Device(int number) {
            this.number = number;
            connection = fixture.client("device " + number);
            file = connection.bind(true).await(ServerMessage.Ident.class);
            checker = new DownloadChecker(file.fileIdent(), DownloadProgress.ZERO);
            identify();
        }

        void reconnect() {
            connection = fixture.client("device " + number + "." + connections++);
            checked = 0;
            connection.bind(false);
            identify();
            unacknowledged.removeIf(entry -> entry.clientVersion() <= checker.progress().uploadClientVersion());
            if (!unacknowledged.isEmpty()) {
                upload(unacknowledged);
            }
        }

        private void identify() {
            DownloadProgress known = checker.progress();
            connection.ident(
                    file.fileIdent(),
                    file.salt(),
                    known.downloadServerVersion(),
                    known.downloadClientVersion(),
                    known.latestServerVersion(),
                    known.latestServerVersionSalt());
            connection.await(ServerMessage.Download.class);
            check();
        }

        void disconnect() {
            check();
            connection.disconnect();
        }

        void commit(Random random) {
            check();
            version += 1 + random.nextInt(3);
            long id = number * 100_000L + version;
            UploadEntry entry = RawClient.entry(
                    version, checker.progress().downloadServerVersion(), RealmFixture.create(id));
            unacknowledged.add(entry);
            upload(List.of(entry));
        }

        private void upload(List<UploadEntry> entries) {
            UploadEntry last = entries.getLast();
            connection.upload(
                    new UploadProgress(last.clientVersion(), last.serverVersion(), 0),
                    entries.toArray(UploadEntry[]::new));
        }

        /** Checks what has arrived since the last time, as a stock client does. */
        void check() {
            List<ServerMessage.Download> downloads = connection.received(ServerMessage.Download.class);
            for (ServerMessage.Download download : downloads.subList(checked, downloads.size())) {
                for (DownloadEntry entry : checker.accept(download, version, 1 << 20)) {
                    assertThat(seen.add(entry.serverVersion())).isTrue();
                }
            }
            checked = downloads.size();
            unacknowledged.removeIf(entry -> entry.clientVersion() <= checker.progress().uploadClientVersion());
        }

        void settle(long mark) {
            Awaitility.await("device " + number).until(() -> {
                check();
                return unacknowledged.isEmpty();
            });
            connection.catchUp(mark);
            check();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyDownloadKeepsTheRulesOfAStockClient(long seed) {
        Random random = new Random(seed);
        try (RealmFixture closing = fixture) {
            uploadSchema();
            List<Device> devices = List.of(new Device(1), new Device(2), new Device(3), new Device(4));
            for (int step = 0; step < STEPS; step++) {
                step(devices, random);
            }
            devices.forEach(device -> device.settle(1));
            devices.forEach(device -> device.settle(2));
            assertEverybodyHasEverything(devices, seed);
            assertThat(closing.events.failures).as("seed %d", seed).isEmpty();
            assertThat(closing.events.refusals).as("seed %d", seed).isEmpty();
        }
    }

    private void uploadSchema() {
        RawClient first = fixture.client("schema");
        first.join();
        first.upload(new UploadProgress(2, 0, 0), RawClient.entry(2, 0, RealmFixture.schema()))
                .awaitAcknowledged(2);
    }

    private void step(List<Device> devices, Random random) {
        Device device = devices.get(random.nextInt(devices.size()));
        switch (random.nextInt(12)) {
            case 0 -> {
                device.disconnect();
                device.reconnect();
            }
            case 1 -> {
                if (random.nextInt(4) == 0) {
                    devices.forEach(Device::disconnect);
                    fixture.settleAndRestart(200);
                    devices.forEach(Device::reconnect);
                }
            }
            case 2 -> device.check();
            default -> device.commit(random);
        }
    }

    private static void assertEverybodyHasEverything(List<Device> devices, long seed) {
        long head = devices.getFirst().checker.progress().latestServerVersion();
        long uploaded = 0;
        for (Device device : devices) {
            assertThat(device.checker.progress().downloadServerVersion()).as("seed %d", seed).isEqualTo(head);
            uploaded += head - device.seen.size();
        }
        assertThat(uploaded).as("own versions of all, seed %d", seed).isEqualTo(head - 1);
    }

    @Test
    void checkerIsNotBlind() {
        DownloadChecker checker = new DownloadChecker(2, new DownloadProgress(5, 0, 5, 1, 0, 0));
        ServerMessage.Download back =
                ServerMessage.Download.of(1, new DownloadProgress(4, 0, 4, 1, 0, 0), 0, List.of());
        assertThatExceptionOfType(DownloadChecker.BrokenRule.class).isThrownBy(() -> checker.accept(back, 1, 100));
    }
}

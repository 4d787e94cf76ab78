// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ProgramLaunchesTest {
    private static final int PROCESSORS = JavaProgram.processors(Runtime.getRuntime().availableProcessors());
    private static final String HALF_OF_THE_PROCESSORS = "-XX:ActiveProcessorCount=" + PROCESSORS;
    private static final String EVENT_LOOPS = "-Dreactor.netty.ioWorkerCount=" + PROCESSORS;

    private static final JavaProgram JAVA =
            new JavaProgram(Path.of("/jdk/bin/java"), List.of("-Xmx2g", "-XX:AOTCache=/a"), "/ros.jar");

    @TempDir
    Path dir;

    private ClusterFolder folder;
    private ClusterState state;

    @BeforeEach
    void create() {
        folder = new ClusterFolder(dir);
        state = folder.create(new ClusterState(ClusterState.VERSION, "0.0.0.0", 2, "700m", null,
                Topology.of(9080, 2, new AtomicInteger(20_000)::incrementAndGet)));
    }

    private List<String> prepare(String name) throws IOException {
        ConsulLine consul = new ConsulLine(() -> Path.of("/bin/consul"));
        return new ProgramLaunches(JAVA, consul).prepare(state.part(name), state, folder);
    }

    private Properties settings(String name) throws IOException {
        prepare(name);
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.settings(state.part(name)))) {
            settings.load(reader);
        }
        return settings;
    }

    @Test
    void workerKnowsTheNodesOfItsGroupAndItsOwnAgent() throws IOException {
        assertThat(settings("worker-5"))
                .containsEntry("ros.worker.group", "group-2")
                .containsEntry("ros.worker.node", "worker-5")
                .containsEntry("ros.worker.nodes", "worker-4,worker-5,worker-6")
                .containsEntry("ros.worker.data", dir.resolve("data/worker-5").toString())
                .containsEntry("ros.lock-service", "consul")
                .containsEntry("spring.cloud.consul.port", Integer.toString(state.part("agent-w5").port("http")));
    }

    @Test
    void agentJoinsTheServersWithAConfigurationOfItsOwn() throws IOException {
        Part agent = state.part("agent-w2");

        assertThat(prepare("agent-w2")).startsWith("/bin/consul", "agent");
        assertThat(Files.readString(folder.data(agent).resolve("consul.json")))
                .contains("agent-w2", Integer.toString(agent.port("http")),
                        "127.0.0.1:" + state.part("consul-3").port("serf"));
    }

    @Test
    void onlyGatewaysListenForOtherMachines() throws IOException {
        assertThat(settings("gateway-2"))
                .containsEntry("server.address", "0.0.0.0")
                .containsEntry("server.port", "9081");
        assertThat(settings("core-1")).containsEntry("server.address", "127.0.0.1");
    }

    @Test
    void settingsOfTheUserGoOverTheOthersAndThoseOfTheProcessOverThoseOfItsKind() throws IOException {
        Files.createDirectories(dir.resolve("etc/local"));
        Files.writeString(dir.resolve("etc/local/worker.properties"),
                "ros.worker.threads=3\nros.worker.lease-ttl=20s\n");
        Files.writeString(dir.resolve("etc/local/worker-2.properties"), "ros.worker.threads=5\n");

        assertThat(settings("worker-1")).containsEntry("ros.worker.threads", "3");
        assertThat(settings("worker-2"))
                .containsEntry("ros.worker.threads", "5")
                .containsEntry("ros.worker.lease-ttl", "20s");
        assertThat(settings("core-1")).doesNotContainKey("ros.worker.threads");
    }

    @Test
    void folderOfSettingsIsRememberedAndGivenToApplications() throws IOException {
        assertThat(prepare("gateway-1")).doesNotContain("--config");

        folder.update(present -> present.configuredBy("/etc/openros"));
        state = new ClusterFolder(dir).existing();

        assertThat(prepare("gateway-1")).containsSubsequence("--config", "/etc/openros");
        assertThat(settings("gateway-1")).as("goes over those in the folder").containsEntry("server.port", "9080");
    }

    @Test
    void clusterOfAnEarlierVersionHasNoFolderOfSettings() throws IOException {
        Path file = dir.resolve("cluster.json");
        Files.writeString(file, Files.readString(file).replace("  \"config\" : null,\n", ""));

        assertThat(Files.readString(file)).doesNotContain("config");
        assertThat(folder.existing()).isEqualTo(state);
    }

    @Test
    void processIsAskedInTheWayThatItSaysItSpeaks() throws IOException {
        Part gateway = state.part("gateway-2");
        assertThat(folder.url(gateway)).hasToString("http://127.0.0.1:9081");

        Files.writeString(folder.scheme(gateway), "https");

        assertThat(folder.url(gateway)).hasToString("https://127.0.0.1:9081");
        assertThat(LocalGroup.of(dir, null).gateways())
                .containsExactly(URI.create("http://127.0.0.1:9080"), URI.create("https://127.0.0.1:9081"));
        assertThat(prepare("gateway-2")).containsSubsequence("--scheme", folder.scheme(gateway).toString());
    }

    @Test
    void commandLineHasTheOptionsOfThisJvmExceptItsHeap() throws IOException {
        assertThat(prepare("worker-1"))
                .startsWith(
                        "/jdk/bin/java", "-XX:AOTCache=/a", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC",
                        HALF_OF_THE_PROCESSORS, EVENT_LOOPS, "-Xmx700m", "-cp", "/ros.jar");
        assertThat(prepare("gateway-1")).contains("-Xmx256m").doesNotContain("-Xmx2g", "-Xmx700m");
    }

    @Test
    void secretStandsInAFileForTheOwnerOnly() throws IOException {
        String secret = folder.keys().internalSecret();

        assertThat(String.join(" ", prepare("worker-1"))).doesNotContain(secret);
        assertThat(settings("worker-1").values()).doesNotContain(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.keys().internalSecretFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void pathsDoNotDependOnTheFolderTheProcessRunsIn() {
        assertThat(JavaProgram.absolute("lib/a.jar:/b.jar").split(":")).allMatch(path -> path.startsWith("/"));
    }

    @Test
    void smallHeapsAreCollectedSeriallyUnlessAnotherCollectorWasAskedFor() {
        List<String> ofScript =
                List.of("-XX:+UseG1GC", "-XX:G1PeriodicGCInterval=4000", "-XX:MaxHeapFreeRatio=20", "-Xms64m");
        List<String> asked = List.of("-XX:+UseG1GC", "-XX:-UseG1GC", "-XX:+UseZGC");

        assertThat(new JavaProgram(Path.of("java"), ofScript, "").options())
                .containsExactly("-Xms64m", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC", HALF_OF_THE_PROCESSORS, EVENT_LOOPS);
        assertThat(new JavaProgram(Path.of("java"), asked, "").options())
                .containsExactly("-XX:-UseG1GC", "-XX:+UseZGC", "-XX:+ExitOnOutOfMemoryError", HALF_OF_THE_PROCESSORS, EVENT_LOOPS);
    }

    @Test
    void processesCountWithHalfOfTheProcessorsUnlessAnotherNumberWasAskedFor() {
        List<String> asked = List.of("-XX:ActiveProcessorCount=7", "-Dreactor.netty.ioWorkerCount=5", "-XX:+UseZGC");

        assertThat(JavaProgram.processors(16)).isEqualTo(8);
        assertThat(JavaProgram.processors(1)).isEqualTo(2);
        assertThat(new JavaProgram(Path.of("java"), asked, "").options())
                .containsExactly("-XX:ActiveProcessorCount=7", "-Dreactor.netty.ioWorkerCount=5", "-XX:+UseZGC",
                        "-XX:+ExitOnOutOfMemoryError");
    }
}

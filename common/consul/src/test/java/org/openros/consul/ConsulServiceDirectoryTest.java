// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openros.cluster.GroupView.Registration;
import org.openros.cluster.ServiceInstance;
import org.openros.consul.FakeConsul.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is asked of Consul, and what is made of its answers. */
class ConsulServiceDirectoryTest {
    private static final ServiceInstance GATEWAY =
            new ServiceInstance("gateway", "10.0.0.5", 9080, false, Map.of("zone", "a"));
    private static final String REGISTER = "PUT /v1/agent/service/register";
    private static final String KNOWN = "GET /v1/agent/service/openros-gateway-10.0.0.5-9080";
    private static final String DEREGISTER = "PUT /v1/agent/service/deregister/openros-gateway-10.0.0.5-9080";

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final List<List<URI>> found = new CopyOnWriteArrayList<>();
    private FakeConsul consul;
    private ConsulServiceDirectory directory;

    @BeforeEach
    void start() throws IOException {
        consul = new FakeConsul();
        consul.answer(200, "");
        directory = new ConsulServiceDirectory(new ConsulAddress(consul.url(), "", null), "openros/");
    }

    @AfterEach
    void stop() {
        directory.close();
        consul.close();
    }

    private void awaitRequest(String request) {
        await().until(() -> consul.requests.contains(request));
    }

    @Test
    void anInstanceIsListedWithAQuestionForItsLifeAndOneForItsWork() {
        directory.register(GATEWAY);
        awaitRequest(REGISTER);
        String body = consul.bodies.get(consul.requests.indexOf(REGISTER));
        assertThat(body).contains(
                "\"ID\":\"openros-gateway-10.0.0.5-9080\"", "\"Name\":\"openros-gateway\"",
                "\"Tags\":[\"zone=a\"]", "\"Address\":\"10.0.0.5\"", "\"Port\":9080",
                "\"HTTP\":\"http://10.0.0.5:9080/livez\"", "\"DeregisterCriticalServiceAfter\":\"1m\"",
                "\"HTTP\":\"http://10.0.0.5:9080/readyz\"");
    }

    @Test
    void aClosedRegistrationIsTakenOffTheListOnce() {
        Registration registration = directory.register(GATEWAY);
        awaitRequest(REGISTER);
        registration.close();
        registration.close();
        assertThat(consul.requests).containsOnlyOnce(DEREGISTER).last().isEqualTo(DEREGISTER);
    }

    @Test
    void anInstanceThatStartsWithoutConsulIsListedOnceConsulIsThere() {
        consul.answer(500, "No cluster leader");
        directory.register(GATEWAY);
        await().until(() -> consul.requests.size() >= 2);
        assertThat(consul.requests).containsOnly(REGISTER);
        consul.answer(200, "");
        awaitRequest(KNOWN);
    }

    @Test
    void anAgentThatHasForgottenAnInstanceIsToldAgain() {
        AtomicBoolean forgotten = new AtomicBoolean();
        consul.answer(request -> new Answer(request.equals(KNOWN) && forgotten.get() ? 404 : 200, "", 1));
        directory.register(GATEWAY);
        awaitRequest(REGISTER);
        forgotten.set(true);
        await().until(() -> consul.requests.stream().filter(REGISTER::equals).count() >= 2);
    }

    private void watch() {
        consul.answer(request -> answers.take());
        directory.watch("core-services", found::add);
    }

    private static Answer instances(long index, String... services) {
        return new Answer(200, "[" + String.join(",", services) + "]", index);
    }

    private static String service(String node, String address, int port) {
        return "{\"Node\":{\"Address\":\"" + node + "\",\"Other\":1},\"Service\":{\"Address\":\"" + address
                + "\",\"Port\":" + port + "},\"Checks\":[]}";
    }

    @Test
    void instancesAreReportedWhenTheyChangeUnderTheirOwnAddressOrTheirMachines() {
        watch();
        answers.add(instances(7, service("10.0.0.9", "", 9081)));
        answers.add(instances(8, service("10.0.0.9", "", 9081)));
        answers.add(instances(9, service("10.0.0.9", "", 9081), service("10.0.0.9", "10.0.0.5", 9081)));
        await().until(() -> found.size() == 2);
        assertThat(found).containsExactly(
                List.of(URI.create("http://10.0.0.9:9081")),
                List.of(URI.create("http://10.0.0.5:9081"), URI.create("http://10.0.0.9:9081")));
        assertThat(consul.requests).contains(
                "GET /v1/health/service/openros-core-services?passing&index=0&wait=30000ms",
                "GET /v1/health/service/openros-core-services?passing&index=7&wait=30000ms");
    }

    @Test
    void instancesCanBeChosenByWhatTheyTellOfThemselves() {
        consul.answer(request -> answers.take());
        directory.watch("core-services", Map.of("auth", "yes"), found::add);
        String other = service("", "10.0.0.5", 9081).replace("\"Port\"", "\"Meta\":{\"directory\":\"yes\"},\"Port\"");
        String wanted = service("", "10.0.0.6", 9081)
                .replace("\"Port\"", "\"Meta\":{\"auth\":\"yes\",\"admin\":\"yes\"},\"Port\"");
        answers.add(instances(7, other));
        answers.add(instances(8, other, wanted, service("", "10.0.0.7", 9081)));
        await().until(() -> !found.isEmpty());
        assertThat(found).containsExactly(List.of(URI.create("http://10.0.0.6:9081")));
    }

    @Test
    void instancesThatSpeakTlsAreReportedSo() {
        directory.register(new ServiceInstance("gateway", "10.0.0.5", 9443, true, Map.of("zone", "a")));
        awaitRequest(REGISTER);
        assertThat(consul.bodies.get(consul.requests.indexOf(REGISTER)))
                .contains("\"Tags\":[\"zone=a\"]", "\"Meta\":{\"scheme\":\"https\",\"zone\":\"a\"}");
        watch();
        answers.add(instances(7,
                service("", "10.0.0.5", 9443).replace("\"Port\"", "\"Meta\":{\"scheme\":\"https\"},\"Port\""),
                service("", "10.0.0.6", 9080).replace("\"Port\"", "\"Meta\":{\"scheme\":\"other\"},\"Port\"")));
        await().until(() -> !found.isEmpty());
        assertThat(found).containsExactly(
                List.of(URI.create("http://10.0.0.6:9080"), URI.create("https://10.0.0.5:9443")));
    }

    @Test
    void theLastListStaysWhenThereIsNobodyOrConsulIsAway() {
        watch();
        answers.add(instances(7, service("", "10.0.0.5", 9081)));
        answers.add(instances(8));
        answers.add(new Answer(500, "No cluster leader", 0));
        answers.add(instances(3, service("", "10.0.0.6", 9081)));
        await().until(() -> found.size() == 2);
        assertThat(found).containsExactly(
                List.of(URI.create("http://10.0.0.5:9081")), List.of(URI.create("http://10.0.0.6:9081")));
    }
}

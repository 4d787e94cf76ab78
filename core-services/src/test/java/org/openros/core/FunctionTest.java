// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.core.ApiClient.Reply;
import org.openros.core.function.AppFunction;
import org.openros.core.function.FunctionCaller;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.core.ApiClient.API;

class FunctionTest {
    private static final String APP = "test-app";

    private static CoreServicesRunner core;
    private static ApiClient api;
    private static Reply user;

    @BeforeAll
    static void start(@TempDir Path folder) {
        core = CoreServicesRunner.start(
                folder.resolve("keys.json"), "--spring.main.sources=" + OwnFunctions.class.getName());
        api = new ApiClient(core.url());
        user = api.anonymous(APP);
    }

    @AfterAll
    static void stop() {
        api.close();
        core.close();
    }

    @AfterEach
    void bringStoreBack() {
        core.store().setAway(false);
    }

    /** What an app team brings along. */
    @Configuration(proxyBeanMethods = false)
    static class OwnFunctions {
        @Bean
        AppFunction fails() {
            return new Fails();
        }

        @Bean
        AppFunction document() {
            return new Document();
        }
    }

    private static final class Fails implements AppFunction {
        @Override
        public String name() {
            return "fails";
        }

        @Override
        public JsonNode call(FunctionCaller caller, List<JsonNode> arguments) {
            throw new IllegalStateException("details that are nobody's business");
        }
    }

    private static final class Document implements AppFunction {
        @Override
        public String name() {
            return "document";
        }

        @Override
        public JsonNode call(FunctionCaller caller, List<JsonNode> arguments) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("app", caller.app().value())
                    .put("error", "a result");
        }
    }

    private static Reply call(String body) {
        return api.post(API + "/app/" + APP + "/functions/call", user.text("access_token"), body);
    }

    private static Reply call(String name, String arguments) {
        return call("{\"name\":\"" + name + "\",\"arguments\":" + arguments + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{'$numberInt':'1'},{'$numberInt':'2'}]|{'$numberInt':'3'}",
                "[]|{'$numberInt':'0'}",
                "[{'$numberInt':'2147483647'},{'$numberInt':'1'}]|{'$numberLong':'2147483648'}",
                "[{'$numberLong':'1'},{'$numberInt':'-2'}]|{'$numberLong':'-1'}",
                "[{'$numberDouble':'0.5'},{'$numberInt':'1'}]|{'$numberDouble':'1.5'}",
                "[{'$numberDouble':'1E+10'}]|{'$numberDouble':'1.0E10'}",
                "[{'$numberDouble':'-Infinity'}]|{'$numberDouble':'-Infinity'}",
                "[1, 2.5]|{'$numberDouble':'3.5'}"
            })
    void sumAddsNumbers(String arguments, String result) {
        Reply reply = call("sum", arguments.replace('\'', '"'));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(result.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "['1']", "[null]", "[true]", "[[]]", "[{}]", "[{'$oid':'1'}]", "[{'$numberInt':1}]",
                "[{'$numberInt':'1','x':1}]", "[{'$numberInt':'2147483648'}]", "[{'$numberInt':'x'}]",
                "[{'$numberInt':' 1'}]", "[{'$numberDouble':'0x1p3'}]", "[{'$numberDouble':'1d'}]",
                "[9223372036854775808]",
                "[{'$numberLong':'9223372036854775807'},{'$numberInt':'1'}]"
            })
    void sumRefusesWhatItCannotAdd(String arguments) {
        Reply reply = call("sum", arguments.replace('\'', '"'));
        assertThat(reply.error()).isEqualTo("400 InvalidParameter");
        assertThat(reply.contentType()).isEqualTo("application/json");
    }

    @Test
    void echoGivesItsArgumentsBack() {
        String arguments = "[{\"$numberInt\":\"1\"},\"two\",null,{\"a\":[true,{\"$oid\":\"64b1f0\"}]}]";
        assertThat(call("echo", arguments).body()).isEqualTo(arguments);
    }

    @Test
    void whoamiNamesTheUserAndItsWaysIn() {
        JsonNode me = call("whoami", "[]").json();
        assertThat(me.path("user_id").stringValue()).isEqualTo(user.text("user_id"));
        assertThat(me.at("/identities/0/provider_type").stringValue()).isEqualTo("anon-user");
        assertThat(call("whoami", "[1]").error()).isEqualTo("400 ArgumentsNotAllowed");
    }

    @Test
    void functionsOfAnAppTeamAreServedToo() {
        assertThat(call("document", "[]").text("app")).isEqualTo(APP);
    }

    /** Clients take a reply that is labelled exactly so, and has a string "error", for a failure. */
    @Test
    void resultIsNeverTakenForAnError() {
        Reply reply = call("document", "[]");
        assertThat(reply.text("error")).isEqualTo("a result");
        assertThat(reply.contentType()).startsWith("application/json").isNotEqualTo("application/json");
    }

    @Test
    void failureOfAFunctionKeepsItsDetails() {
        Reply reply = call("fails", "[]");
        assertThat(reply.error()).isEqualTo("500 FunctionExecutionError");
        assertThat(reply.body()).doesNotContain("nobody's business");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|400 BadRequest",
                "{}|400 MissingParameter",
                "{\"name\":\"sum\"}|400 MissingParameter",
                "{\"arguments\":[]}|400 MissingParameter",
                "{\"name\":\"sum\",\"arguments\":{}}|400 BadRequest",
                "{\"name\":[],\"arguments\":[]}|400 BadRequest",
                "{\"name\":\"nothing\",\"arguments\":[]}|404 FunctionNotFound",
                "{\"name\":\"find\",\"service\":\"mongodb-atlas\",\"arguments\":[{}]}|404 ServiceNotFound",
                "{\"name\":\"sum\",\"service\":\"other\",\"arguments\":[]}|404 ServiceNotFound"
            })
    void callsThatLeadNowhereAreAnsweredAsDocumented(String body, String error) {
        Reply reply = call(body);
        assertThat(reply.error()).isEqualTo(error);
        assertThat(reply.contentType()).isEqualTo("application/json");
    }

    @Test
    void argumentsAreLimitedInNumberAndSize() {
        assertThat(call("sum", "[0" + ",1".repeat(99) + "]").body()).isEqualTo("{\"$numberInt\":\"99\"}");
        assertThat(call("sum", "[0" + ",1".repeat(100) + "]").error()).isEqualTo("400 InvalidParameter");
        assertThat(call("echo", "[\"" + "x".repeat(64 * 1024) + "\"]").error()).isEqualTo("413 BadRequest");
        assertThat(call("echo", "[".repeat(30_000) + "]".repeat(30_000)).error()).isEqualTo("400 BadRequest");
        assertThat(call("sum", "[{\"$numberInt\":\"" + "1".repeat(60_000) + "\"}]").error())
                .isEqualTo("400 InvalidParameter");
        assertThat(call("sum", "[" + "1".repeat(60_000) + "]").error()).isEqualTo("400 BadRequest");
    }

    @Test
    void onlyAnAccessTokenOfTheAppCalls() {
        String path = API + "/app/" + APP + "/functions/call";
        String body = "{\"name\":\"echo\",\"arguments\":[]}";
        assertThat(api.post(path, null, body).error()).isEqualTo("401 InvalidSession");
        assertThat(api.post(path, user.text("refresh_token"), body).error()).isEqualTo("401 InvalidSession");
        assertThat(api.post(path, api.anonymous("other-app").text("access_token"), body).error())
                .isEqualTo("401 InvalidSession");
        assertThat(api.post(path, user.text("access_token"), body).status()).isEqualTo(200);
    }

    @Test
    void outageOfTheStoreIsNoFailureOfAFunction() {
        assertThat(call("whoami", "[]").status()).isEqualTo(200);
        core.store().setAway(true);
        assertThat(call("whoami", "[]").status()).isEqualTo(200);
        assertThat(call("sum", "[1]").status()).isEqualTo(200);
    }

    @Test
    void builtInFunctionsCanBeSwitchedOff(@TempDir Path folder) {
        try (CoreServicesRunner plain =
                        CoreServicesRunner.start(folder.resolve("keys.json"), "--ros.functions.builtin=false");
                ApiClient client = new ApiClient(plain.url())) {
            String token = client.anonymous(APP).text("access_token");
            for (String name : List.of("sum", "echo", "whoami")) {
                assertThat(client.post(
                                        API + "/app/" + APP + "/functions/call",
                                        token,
                                        "{\"name\":\"" + name + "\",\"arguments\":[]}")
                                .error())
                        .isEqualTo("404 FunctionNotFound");
            }
        }
    }
}

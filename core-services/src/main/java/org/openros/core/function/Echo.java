// SPDX-License-Identifier: Apache-2.0
package org.openros.core.function;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code echo(a, b, …)} is the array of its arguments, as they came. */
final class Echo implements AppFunction {
    @Override
    public String name() {
        return "echo";
    }

    @Override
    public JsonNode call(FunctionCaller caller, List<JsonNode> arguments) {
        return JsonNodeFactory.instance.arrayNode().addAll(arguments);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.core.function;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * {@code sum(a, b, …)} adds numbers. Integers give an integer, wider if need be; with a double among them the result is
 * a double. The sum of nothing is 0.
 */
final class Sum implements AppFunction {
    @Override
    public String name() {
        return "sum";
    }

    @Override
    public JsonNode call(FunctionCaller caller, List<JsonNode> arguments) {
        ExtendedNumber total = new ExtendedNumber.Int32(0);
        for (JsonNode argument : arguments) {
            total = total.plus(ExtendedNumber.parse(argument));
        }
        return total.toJson();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.core.function;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openros.core.http.ApiError;
import org.openros.core.http.ApiException;
import org.openros.core.metadata.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** All functions by their names. Each problem of a call ends in an error reply. Thread-safe. */
final class Functions {
    private static final Logger LOG = LoggerFactory.getLogger(Functions.class);

    private final Map<String, AppFunction> byName = new HashMap<>();

    /**
     * Takes the functions that there are.
     *
     * @throws IllegalStateException if two have one name
     */
    Functions(List<AppFunction> functions) {
        for (AppFunction function : functions) {
            if (byName.putIfAbsent(function.name(), function) != null) {
                throw new IllegalStateException("two functions have the name " + function.name());
            }
        }
    }

    JsonNode call(String name, FunctionCaller caller, List<JsonNode> arguments) {
        AppFunction function = byName.get(name);
        if (function == null) {
            throw ApiError.NO_FUNCTION.exception();
        }
        try {
            return function.call(caller, arguments);
        } catch (BadArgumentsException e) {
            throw ApiError.BAD_ARGUMENT.exception(String.valueOf(e.getMessage()));
        } catch (ApiException | StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("the function {} failed", name, e);
            throw ApiError.FUNCTION_FAILED.exception();
        }
    }
}

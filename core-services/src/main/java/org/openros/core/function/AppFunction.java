// SPDX-License-Identifier: Apache-2.0
package org.openros.core.function;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A function that apps call by its name. Each bean of this type is served to all apps; one that is meant for some looks
 * at {@link FunctionCaller#app()}.
 *
 * <p>Arguments and result are extended JSON in its canonical form: {@code {"$numberInt":"1"}}, not {@code 1}.
 */
public interface AppFunction {
    /** What clients call it; unique. */
    String name();

    /**
     * Does the work. Runs on a virtual thread, many at a time: it may block, but should come to an end in seconds,
     * since a client waits.
     *
     * @param arguments 100 at most, together 64 KiB at most
     * @return any JSON value; a JSON null for nothing
     * @throws BadArgumentsException if the arguments are not what the function takes; the client is told why. Any other
     *     exception becomes a {@code FunctionExecutionError} without details
     */
    JsonNode call(FunctionCaller caller, List<JsonNode> arguments);
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.core.problem;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Builds the error replies. */
@Configuration(proxyBeanMethods = false)
public class ProblemConfiguration {
    @Bean
    ProblemReplies problemReplies(JsonMapper json) {
        return new ProblemReplies(json);
    }
}

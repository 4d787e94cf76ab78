// SPDX-License-Identifier: Apache-2.0
package org.openros.core.function;

import org.openros.core.account.UserStates;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Collects the functions and builds their route. */
@Configuration(proxyBeanMethods = false)
@Import({FunctionConfiguration.BuiltIn.class, FunctionController.class})
public class FunctionConfiguration {
    @Bean
    Functions functions(ObjectProvider<AppFunction> functions) {
        return new Functions(functions.stream().toList());
    }

    /** Functions to try calls with. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "ros.functions.builtin", matchIfMissing = true)
    static class BuiltIn {
        @Bean
        AppFunction sum() {
            return new Sum();
        }

        @Bean
        AppFunction echo() {
            return new Echo();
        }

        @Bean
        AppFunction whoami(UserStates states) {
            return new Whoami(states);
        }
    }
}

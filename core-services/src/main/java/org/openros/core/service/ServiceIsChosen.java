// SPDX-License-Identifier: Apache-2.0
package org.openros.core.service;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds if the service that {@link RunsIn} names was chosen. */
final class ServiceIsChosen implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        CoreService service =
                metadata.getAnnotations().get(RunsIn.class).getEnum("value", CoreService.class);
        return ChosenServices.of(context.getEnvironment()).has(service);
    }
}

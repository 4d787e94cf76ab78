// SPDX-License-Identifier: Apache-2.0
package org.openros.core.service;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/** Marks a controller, configuration or bean that is there only where a service was chosen. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(ServiceIsChosen.class)
public @interface RunsIn {
    /** The service. */
    CoreService value();
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.core.service;

import org.openros.cluster.InstanceDetails;
import org.openros.cluster.ServiceDirectory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Builds what passes requests on to services that do not run here. */
@Configuration(proxyBeanMethods = false)
public class ServiceConfiguration {
    @Bean
    ChosenServices chosenServices(Environment environment) {
        return ChosenServices.of(environment);
    }

    @Bean
    InstanceDetails instanceDetails(ChosenServices chosen) {
        return new InstanceDetails(chosen.details());
    }

    @Bean
    OtherInstances otherInstances(ChosenServices chosen, ObjectProvider<ServiceDirectory> directory) {
        return new OtherInstances(chosen, directory.getIfAvailable());
    }

    @Bean
    ForwardToService forwardToService(ChosenServices chosen, OtherInstances instances) {
        return new ForwardToService(chosen, instances);
    }
}

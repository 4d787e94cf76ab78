// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import org.openros.cluster.GroupView;
import org.openros.cluster.LockService;
import org.openros.cluster.group.WatchedGroupView;
import org.openros.consul.ConsulLockServiceConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What an application that runs alone knows of the others: the lock service they share, and who is master by it. */
@Configuration(proxyBeanMethods = false)
@Import(ConsulLockServiceConfiguration.class)
class SharedLockService {
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(GroupView.class)
    WatchedGroupView mastersByLockService(LockService locks) {
        return new WatchedGroupView(locks);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.core.group;

import org.openros.cluster.GroupView;
import org.openros.cluster.LockService;
import org.openros.core.directory.DirectoryProperties;
import org.openros.core.directory.GroupFollowers;
import org.openros.core.job.JobWork;
import org.openros.domain.token.ServiceTokens;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Builds what operators do with groups. */
@Configuration(proxyBeanMethods = false)
public class GroupConfiguration {
    @Bean
    WorkerNodes workerNodes(ObjectProvider<LockService> locks, ObjectProvider<GroupView> view, JsonMapper json) {
        return new WorkerNodes(locks.getIfAvailable(), view.getIfAvailable(), json);
    }

    @Bean
    GroupFollowers groupFollowers(WorkerNodes nodes) {
        return nodes::besides;
    }

    @Bean
    WorkerGroups workerGroups(DirectoryProperties groups, WorkerNodes nodes, ServiceTokens tokens, JsonMapper json) {
        return new WorkerGroups(groups, nodes, new WorkerCalls(tokens, json));
    }

    @Bean
    JobWork groupVerification(WorkerGroups groups) {
        return new GroupVerification(groups);
    }
}

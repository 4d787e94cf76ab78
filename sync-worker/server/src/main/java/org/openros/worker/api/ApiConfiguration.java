// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.api;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The routes of the worker's HTTP interface. */
@Configuration(proxyBeanMethods = false)
@Import({
    TransactionsController.class,
    ObjectsController.class,
    RealmsController.class,
    ExportController.class,
    StatusController.class,
    GroupController.class,
    ApiFailures.class
})
public class ApiConfiguration {}

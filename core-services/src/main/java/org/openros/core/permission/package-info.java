// SPDX-License-Identifier: Apache-2.0
/**
 * Who may do what with which realm: default rules of an app, grants to users, and the list of changes by which gateways
 * learn that rights of open sessions have changed.
 */
@NullMarked
package org.openros.core.permission;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * The HTTP interface of Realm Object Server for realms and permissions (admin API, sections 2, 3, 9 and 10), for back
 * ends and administrators.
 */
@NullMarked
package org.openros.core.realmapi;

import org.jspecify.annotations.NullMarked;

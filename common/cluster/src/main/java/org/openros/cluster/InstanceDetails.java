// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import java.util.Map;

/**
 * What an application tells about itself when it is listed in the {@link ServiceDirectory}.
 *
 * @param values names and values, for people and scripts
 */
public record InstanceDetails(Map<String, String> values) {}

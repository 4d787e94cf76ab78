// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import org.openros.domain.FileIdent;

/**
 * What the server knows of one client file of a realm (merge rules, section 6.1).
 *
 * @param ident its identifier, from 2
 * @param salt 1 to 2<sup>63</sup> - 1
 * @param clientVersion last integrated client version
 * @param reciprocalBase server version reported with it; no changeset of this client can have a base below
 * @param lockedServerVersion the client may ask to keep history from here on
 * @param expired the client has to reset before it may continue
 */
public record ClientFile(
        FileIdent ident,
        long salt,
        long clientVersion,
        long reciprocalBase,
        long lockedServerVersion,
        boolean expired) {}

// SPDX-License-Identifier: Apache-2.0
/** Processes of this machine that outlive the command that starts them: start detached, recognise, look at, signal. */
@NullMarked
package org.openros.launcher.process;

import org.jspecify.annotations.NullMarked;

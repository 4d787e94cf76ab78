// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

/** A value does not fit the place it is meant for. */
final class Misfit extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String place;

    Misfit(String place, String reason) {
        super(reason, null, false, false);
        this.place = place;
    }

    /** The place, as its asker would name it: {@code address.lines[2]}. */
    String place() {
        return place;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    /** The same, seen from outside of where it happened. */
    Misfit in(String outer) {
        String inner = place.isEmpty() || place.startsWith("[") ? place : "." + place;
        return new Misfit(outer + inner, reason());
    }
}

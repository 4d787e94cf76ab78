// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What a work has seen.
 *
 * @param work what was done, with its settings, in words
 * @param figures in the order in which they are shown
 */
record Measurement(String work, List<Figure> figures) {
    /**
     * One number.
     *
     * @param name unique within the measurement
     * @param unit empty for a plain count
     */
    record Figure(String name, double value, String unit) {
        @Override
        public String toString() {
            String number =
                    value >= 100 || value == Math.rint(value) ? "%,.0f".formatted(value) : "%.2f".formatted(value);
            return name + " " + number + (unit.isEmpty() ? "" : " " + unit);
        }
    }

    Measurement with(String name, double value, String unit) {
        return new Builder(work).addAll(figures).add(name, value, unit).build();
    }

    Optional<Figure> figure(String name) {
        return figures.stream().filter(figure -> figure.name().equals(name)).findFirst();
    }

    /** Collects figures. */
    static final class Builder {
        private final String work;
        private final List<Figure> figures = new ArrayList<>();

        Builder(String work) {
            this.work = work;
        }

        Builder add(String name, double value, String unit) {
            figures.add(new Figure(name, value, unit));
            return this;
        }

        Builder addAll(List<Figure> more) {
            figures.addAll(more);
            return this;
        }

        /** Percentiles of a histogram of nanoseconds, in milliseconds. */
        Builder addLatency(String name, Histogram nanoseconds) {
            for (double percentile : new double[] {50, 90, 99, 99.9}) {
                String label = String.format(Locale.ROOT, "%s p%s", name, percentile).replace(".0", "");
                add(label, nanoseconds.getValueAtPercentile(percentile) / 1e6, "ms");
            }
            return add(name + " max", nanoseconds.getMaxValue() / 1e6, "ms");
        }

        Measurement build() {
            return new Measurement(work, List.copyOf(figures));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.ArrayList;
import java.util.List;
import org.openros.bench.client.ServerAddress;

/**
 * Uploads to two servers in turns, so that both see the same machine, also if other programs use it too.
 *
 * @param upload what is done to each
 * @param other the server that the one of the options is compared with
 * @param rounds measurements of each server, at least one
 */
record CompareWork(UploadWork upload, ServerAddress other, int rounds) implements Work {
    private static final List<String> LATENCIES = List.of("ack p50", "ack p99");

    @Override
    public Measurement run(Site.Options options) throws LoadFailed, InterruptedException {
        List<Measurement> ones = new ArrayList<>();
        List<Measurement> others = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            ones.add(upload.run(options));
            others.add(upload.run(options.at(other)));
        }
        return compared(ones, others);
    }

    /** Medians of both, and the median of the rounds' ratios. */
    static Measurement compared(List<Measurement> ones, List<Measurement> others) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ones.size(); round++) {
            ratios.add(value(ones.get(round), "rate") / value(others.get(round), "rate"));
        }
        Measurement.Builder figures = new Measurement.Builder("comparison, median of " + ones.size() + " round(s); "
                        + ones.getFirst().work())
                .add("rate", median(ones, "rate"), "/s")
                .add("other rate", median(others, "rate"), "/s")
                .add("ratio of rates", median(ratios), "");
        for (String latency : LATENCIES) {
            figures.add(latency, median(ones, latency), "ms").add("other " + latency, median(others, latency), "ms");
        }
        return figures.build();
    }

    private static double median(List<Measurement> rounds, String figure) {
        return median(rounds.stream().map(round -> value(round, figure)).toList());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static double value(Measurement measurement, String figure) {
        return measurement.figure(figure).orElseThrow().value();
    }
}

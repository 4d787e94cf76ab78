// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openros.history.Entry;
import org.openros.history.check.Claim;
import org.openros.history.check.Violation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTest {
    private static Report report(List<Entry.Reset> resets, List<Violation> violations, List<String> troubles) {
        Map<Entry.FaultBegan, Duration> gaps = new LinkedHashMap<>();
        for (int i = 1; i <= 3; i++) {
            gaps.put(new Entry.FaultBegan(i, i, "kill-master", "worker-1", false), Duration.ofMillis(100L * i));
        }
        return new Report(List.of("0.1 it begins"), gaps, Duration.ofMillis(300), 7, resets, violations, troubles);
    }

    @Test
    void resetViolationAndTroubleFailTheRun() {
        assertThat(report(List.of(), List.of(), List.of()).passed()).isTrue();
        assertThat(report(List.of(new Entry.Reset(1, "c", "r", "209")), List.of(), List.of()).passed()).isFalse();
        assertThat(report(List.of(), List.of(new Violation(Claim.C1, "lost", List.of())), List.of()).passed())
                .isFalse();
        assertThat(report(List.of(), List.of(), List.of("late")).passed()).isFalse();
    }

    @Test
    void everyReportTellsHowToRunItAgain() {
        StringWriter text = new StringWriter();
        report(List.of(), List.of(), List.of()).print(new PrintWriter(text), "./ros chaos --seed 5", Path.of("f"));
        JsonNode json = JsonMapper.shared()
                .readTree(report(List.of(), List.of(), List.of()).json(5, "./ros chaos --seed 5"));

        assertThat(text.toString()).contains("./ros chaos --seed 5").contains("PASSED");
        assertThat(json.path("replay").asString()).isEqualTo("./ros chaos --seed 5");
        assertThat(json.path("gapMillisByFault").path("kill-master").get(2).asLong()).isEqualTo(300);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.openros.core.admin.Paging.Page;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The state and the configuration of the process that answers (admin API, section 15.2). */
@RestController
@RequestMapping(path = AdminRoutes.V1, produces = MediaType.APPLICATION_JSON_VALUE)
final class SystemAdminController {
    private final SystemReport report;
    private final EffectiveSettings settings;

    SystemAdminController(SystemReport report, EffectiveSettings settings) {
        this.report = report;
        this.settings = settings;
    }

    /** Version, and whether what it needs is there. */
    @GetMapping("/system")
    @Operation(summary = "Tells the version, and whether what the server needs is there")
    SystemReport.View system() {
        return report.view();
    }

    /** Settings that were given, with their origin; secrets are masked. */
    @GetMapping("/config")
    @Operation(summary = "Lists settings with their origin; secrets are masked")
    Page<EffectiveSettings.Setting> config() {
        List<EffectiveSettings.Setting> all = settings.all();
        return Page.of(all, null);
    }
}

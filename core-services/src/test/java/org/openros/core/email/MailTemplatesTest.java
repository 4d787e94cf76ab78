// SPDX-License-Identifier: Apache-2.0
package org.openros.core.email;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.core.account.MailPurpose;
import org.openros.core.email.MailTemplates.Mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MailTemplatesTest {
    @Test
    void valuesAreEscapedInHtmlOnlyAndPutInOnce() {
        Mail mail = new MailTemplates(null)
                .fill(MailPurpose.CONFIRM, Map.of("EMAIL", "<b>%LINK%", "LINK", "https://x/?a=1&b=$1", "APP", "shop"));
        assertThat(mail.text()).contains("<b>%LINK%", "https://x/?a=1&b=$1");
        assertThat(mail.html()).contains("&lt;b&gt;%LINK%", "https://x/?a=1&amp;b=$1").doesNotContain("<b>");
    }

    @Test
    void ownTemplatesWinAndTheRestIsBuiltIn(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("reset.txt"), "Subject: Hallo %EMAIL%\n\nNeues Kennwort: %LINK% 100% %X%\n");
        MailTemplates templates = new MailTemplates(folder);
        Mail mail = templates.fill(MailPurpose.RESET, Map.of("LINK", "L", "EMAIL", "a\r\nBcc: b"));
        assertThat(mail.subject()).isEqualTo("Hallo a  Bcc: b");
        assertThat(mail.text()).isEqualTo("Neues Kennwort: L 100% %X%\n");
        assertThat(mail.html()).contains("choose a new password");
        assertThat(templates.fill(MailPurpose.CONFIRM, Map.of()).subject()).isEqualTo("Confirm your address");
    }

    @Test
    void textWithoutSubjectIsRefused(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("reset.txt"), "Hello\n\nthere\n");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new MailTemplates(folder))
                .withMessageContaining("reset.txt");
    }
}

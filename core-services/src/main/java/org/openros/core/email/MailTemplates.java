// SPDX-License-Identifier: Apache-2.0
package org.openros.core.email;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.MailPurpose;
import org.springframework.web.util.HtmlUtils;

/**
 * The texts of mails. A text file starts with the line {@code Subject: ...} and an empty line. Place-holders as in
 * {@code %LINK%} are replaced; what is none of the known ones stays as it is. Thread-safe.
 */
final class MailTemplates {
    private static final Pattern PLACE_HOLDER = Pattern.compile("%([A-Z_]+)%");
    private static final String SUBJECT = "Subject:";

    private final Map<MailPurpose, Template> templates = new EnumMap<>(MailPurpose.class);

    /**
     * Reads all templates.
     *
     * @param folder own templates; null for the built-in ones only
     * @throws IllegalStateException if one cannot be read or has no subject
     */
    MailTemplates(@Nullable Path folder) {
        for (MailPurpose purpose : MailPurpose.values()) {
            String text = load(folder, purpose.label() + ".txt");
            templates.put(purpose, template(purpose, text, load(folder, purpose.label() + ".html")));
        }
    }

    private static Template template(MailPurpose purpose, String text, String html) {
        String[] parts = text.split("\r?\n\r?\n", 2);
        if (parts.length < 2 || !parts[0].startsWith(SUBJECT) || parts[0].contains("\n")) {
            throw new IllegalStateException("the mail template " + purpose.label()
                    + ".txt must start with one line \"Subject: ...\" and an empty line");
        }
        return new Template(parts[0].substring(SUBJECT.length()).strip(), parts[1], html);
    }

    private static String load(@Nullable Path folder, String name) {
        try {
            Path own = folder == null ? null : folder.resolve(name);
            return own != null && Files.exists(own) ? Files.readString(own) : builtIn(name);
        } catch (IOException e) {
            throw new IllegalStateException("the mail template " + name + " cannot be read", e);
        }
    }

    private static String builtIn(String name) throws IOException {
        try (InputStream in = MailTemplates.class.getResourceAsStream("mail/" + name)) {
            if (in == null) {
                throw new IOException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A mail with these values in place. */
    Mail fill(MailPurpose purpose, Map<String, String> values) {
        Template template = templates.get(purpose);
        if (template == null) {
            throw new IllegalStateException("no template for " + purpose);
        }
        return new Mail(
                replace(template.subject(), values, text -> text.replaceAll("\\s", " ")),
                replace(template.text(), values, UnaryOperator.identity()),
                replace(template.html(), values, HtmlUtils::htmlEscape));
    }

    private static String replace(String text, Map<String, String> values, UnaryOperator<String> escape) {
        return PLACE_HOLDER.matcher(text).replaceAll(found -> {
            String value = values.get(found.group(1));
            return Matcher.quoteReplacement(value == null ? found.group() : escape.apply(value));
        });
    }

    /** A mail that is ready to go. */
    record Mail(String subject, String text, String html) {
        @Override
        public String toString() {
            return "Mail[" + subject + "]";
        }
    }

    private record Template(String subject, String text, String html) {}
}

// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The words and signs of a filter, one after the other. */
final class FilterTokens {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String text;
    private int at;

    FilterTokens(String text) {
        this.text = text;
    }

    /** The error reply for the present place. */
    ProblemException wrong(String reason) {
        return Problem.invalid("filter", reason + ", at character " + (at + 1));
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    void requireEnd() {
        skipSpace();
        if (at < text.length()) {
            throw wrong("expected 'and', 'or' or the end");
        }
    }

    /** Takes a sign if it is the next one. */
    boolean take(String sign) {
        skipSpace();
        boolean found = text.startsWith(sign, at);
        at += found ? sign.length() : 0;
        return found;
    }

    void require(String sign) {
        if (!take(sign)) {
            throw wrong("expected '" + sign + "'");
        }
    }

    /** Takes a word if it is the next one, whatever its capital letters. */
    boolean takeWord(String word) {
        skipSpace();
        int end = endOfWord(at);
        boolean found = end - at == word.length() && text.regionMatches(true, at, word, 0, word.length());
        at = found ? end : at;
        return found;
    }

    private int endOfWord(int start) {
        int end = start;
        while (end < text.length() && isPartOfWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    /** Takes a name. */
    String name() {
        skipSpace();
        if (at < text.length() && text.charAt(at) == '`') {
            return quoted();
        }
        int end = endOfWord(at);
        if (end == at) {
            throw wrong("expected the name of a property");
        }
        String name = text.substring(at, end);
        at = end;
        return name;
    }

    private String quoted() {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
            throw wrong("the backquote is not closed");
        }
        String name = text.substring(at + 1, end);
        at = end + 1;
        return name;
    }

    /** Takes a value. */
    JsonNode literal() {
        skipSpace();
        boolean delimited = at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '{');
        return delimited ? delimited() : bare();
    }

    private JsonNode delimited() {
        try (JsonParser parser = JSON.createParser(text.substring(at))) {
            JsonNode node = parser.readValueAsTree();
            at += Math.toIntExact(parser.currentLocation().getCharOffset());
            return node;
        } catch (JacksonException e) {
            throw wrong("the value is not well-formed JSON");
        }
    }

    private JsonNode bare() {
        int end = at;
        while (end < text.length() && (isPartOfWord(text.charAt(end)) || "+-.".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        try {
            JsonNode node = JSON.readTree(text.substring(at, end));
            if (node.isMissingNode()) {
                throw wrong("expected a value");
            }
            at = end;
            return node;
        } catch (JacksonException e) {
            throw wrong("expected a number, a text in double quotes, true, false, null or an object of extended JSON");
        }
    }
}

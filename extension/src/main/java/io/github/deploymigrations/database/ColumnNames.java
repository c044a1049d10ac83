package io.github.deploymigrations.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the columns that a {@code CREATE TABLE} has in its parentheses, as far as they can be told for sure. */
final class ColumnNames {
    private static final Pattern CONSTRAINT = Pattern.compile(
            "(?:constraint|unique|check|exclude|fulltext|spatial)\\b.*|(?:primary|foreign)\\s+key\\b.*"
                    + "|(?:index|key)\\b.*\\(.*|period\\s+for\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern COLUMN = Pattern.compile("(" + Definition.PART + ")(?:\\s.*)?", Pattern.DOTALL);

    /** A string, a quoted name, a comment, or what divides the list; what the databases read differently ends it. */
    private static final Pattern TOKEN = Pattern.compile(
            "(?<quoted>'[^'\\\\]*+'|\"[^\"]*+\"|`[^`]*+`)|(?<comment>--[^\\n]*+|/\\*(?!M?!).*?\\*/)|(?<sign>[(),])"
                    + "|(?<odd>['\"`#\\\\]|/\\*)",
            Pattern.DOTALL);

    private ColumnNames() {}

    /**
     * The fingerprint of the columns.
     *
     * @param body from the opening parenthesis on
     * @return empty if they cannot be told
     */
    static Optional<String> of(String body) {
        List<String> names = new ArrayList<>();
        for (String element : elements(body)) {
            Matcher column = COLUMN.matcher(element);
            if (element.toLowerCase(Locale.ROOT).startsWith("like ")) {
                return Optional.empty();
            }
            if (!CONSTRAINT.matcher(element).matches()) {
                if (!column.matches()) {
                    return Optional.empty();
                }
                names.add(unquoted(column.group(1)));
            }
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(fingerprint(names));
    }

    /** {@link Definition#PART} has no quotes inside. */
    private static String unquoted(String name) {
        char first = name.charAt(0);
        return first == '"' || first == '`' ? name.substring(1, name.length() - 1) : name;
    }

    /** The parts between the commas, without comments; none if the list is odd. */
    private static List<String> elements(String body) {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        Matcher token = TOKEN.matcher(body);
        int depth = 0;
        int from = 0;
        while (token.find() && token.group("odd") == null) {
            element.append(body, from, token.start());
            from = token.end();
            String sign = String.valueOf(token.group("sign"));
            depth += sign.equals("(") ? 1 : sign.equals(")") ? -1 : 0;
            boolean ends = depth == 0 || (depth == 1 && sign.equals(","));
            if (ends) {
                elements.add(element.toString().strip());
                element.setLength(0);
            } else if (token.group("comment") == null && !(depth == 1 && from == 1)) {
                element.append(token.group());
            } else {
                element.append(' ');
            }
            if (depth == 0) {
                return elements;
            }
        }
        return List.of();
    }

    /** The same for the same names in any order and case. */
    static String fingerprint(Collection<String> names) {
        List<String> lower = new ArrayList<>();
        for (String name : names) {
            lower.add(name.toLowerCase(Locale.ROOT));
        }
        Collections.sort(lower);
        String text = String.join("\n", lower);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

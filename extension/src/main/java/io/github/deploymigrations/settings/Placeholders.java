package io.github.deploymigrations.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Replaces <code>&#36;{name}</code> and <code>&#36;{name:default}</code> in the values of our keys; a backslash in front
 * makes it literal. A default may contain placeholders itself.
 */
final class Placeholders {
    private final Function<String, Optional<String>> values;
    private final List<String> unresolved = new ArrayList<>();

    private Placeholders(Function<String, Optional<String>> values) {
        this.values = values;
    }

    /** A value with its placeholders replaced, and those that have neither a value nor a default. */
    record Replaced(String text, List<String> unresolved) {}

    /** Whether there is anything to replace. */
    static boolean isIn(String text) {
        return text.contains("${");
    }

    /** @param values a system property or environment variable by name */
    static Replaced replace(String text, Function<String, Optional<String>> values) {
        Placeholders placeholders = new Placeholders(values);
        String replaced = placeholders.replace(text);
        return new Replaced(replaced, List.copyOf(placeholders.unresolved));
    }

    private String replace(String text) {
        StringBuilder result = new StringBuilder();
        int position = 0;
        while (true) {
            int open = text.indexOf("${", position);
            if (open < 0) {
                return result.append(text, position, text.length()).toString();
            }
            if (open > position && text.charAt(open - 1) == '\\') {
                result.append(text, position, open - 1).append("${");
                position = open + 2;
                continue;
            }
            result.append(text, position, open);
            int close = closing(text, open + 2);
            if (close < 0) {
                // what follows may be the rest of a password
                unresolved.add("${… (nothing closes it)");
                return result.toString();
            }
            result.append(value(text.substring(open + 2, close)));
            position = close + 1;
        }
    }

    /** The brace that closes the placeholder, which may have others in its default; -1 if none does. */
    private static int closing(String text, int from) {
        int depth = 0;
        for (int index = from; index < text.length(); index++) {
            if (text.startsWith("${", index)) {
                depth++;
            } else if (text.charAt(index) == '}' && depth-- == 0) {
                return index;
            }
        }
        return -1;
    }

    private String value(String expression) {
        int colon = expression.indexOf(':');
        String name = colon < 0 ? expression : expression.substring(0, colon);
        Optional<String> value = name.isEmpty() ? Optional.empty() : values.apply(name);
        if (value.isPresent()) {
            return value.get();
        }
        if (colon < 0) {
            unresolved.add("${" + expression + "}");
            return "";
        }
        return replace(expression.substring(colon + 1));
    }
}

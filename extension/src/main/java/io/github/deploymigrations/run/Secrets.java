package io.github.deploymigrations.run;

import io.github.deploymigrations.scripts.ScriptRepository;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.ibatis.migration.Environment;

/**
 * Puts the names of variables back where a text has their values: of those that are named like a secret always, of the
 * others where the value is long enough not to be a word by chance.
 */
final class Secrets implements UnaryOperator<String> {
    private static final Pattern NAME = Pattern.compile(".*(?:pass|pwd|secret|token|key|credential).*");
    private static final int LONG_ENOUGH = 6;

    /** By value, the longest first: one may be the beginning of another, whose rest would be told. */
    private final Map<String, String> names =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    Secrets(ScriptRepository repository) {
        for (String name : repository.variables()) {
            String value = repository.variable(name).orElse("");
            boolean telling = !value.isBlank() && (isSecret(name) || value.length() >= LONG_ENOUGH);
            if (telling && !name.equals(Environment.CHANGELOG)) {
                names.putIfAbsent(value, name);
            }
        }
    }

    /** Whether a variable is named like a secret. */
    static boolean isSecret(String name) {
        return NAME.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    @Override
    public String apply(String text) {
        String masked = text;
        for (Map.Entry<String, String> variable : names.entrySet()) {
            masked = masked.replace(variable.getKey(), "${" + variable.getValue() + "}");
        }
        return masked;
    }
}

package io.github.deploymigrations.run;

import io.github.deploymigrations.scripts.ScriptRepository;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Takes the values of variables that are named like a secret out of a text. */
final class Secrets implements UnaryOperator<String> {
    private static final Pattern NAME = Pattern.compile(".*(?:password|passwd|secret|token|key).*");

    private final Map<String, String> values = new TreeMap<>();

    Secrets(ScriptRepository repository) {
        for (String name : repository.variables()) {
            if (NAME.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
                repository.variable(name).filter(value -> !value.isBlank()).ifPresent(value -> values.put(name, value));
            }
        }
    }

    @Override
    public String apply(String text) {
        String masked = text;
        for (Map.Entry<String, String> secret : values.entrySet()) {
            masked = masked.replace(secret.getValue(), "${" + secret.getKey() + "}");
        }
        return masked;
    }
}

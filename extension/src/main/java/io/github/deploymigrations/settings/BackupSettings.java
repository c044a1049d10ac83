package io.github.deploymigrations.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a database is backed up before its scripts run. Immutable.
 *
 * @param way to do it
 * @param directory for the files, which is there
 * @param retention after which files are removed
 */
public record BackupSettings(Way way, Path directory, Duration retention) {
    private static final Pattern WORD = Pattern.compile("\\G\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"']+))(?=\\s|$)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w*)\\}");
    private static final Set<String> PLACEHOLDERS = Set.of("file", "name", "schema", "timestamp");

    /** Who writes the file. */
    public sealed interface Way {
        /** Nobody. */
        record Off() implements Way {}

        /** We, where we know how. */
        record Auto() implements Way {}

        /** A program with its arguments, in which placeholders stand. */
        record Command(List<String> words) implements Way {
            public Command {
                words = List.copyOf(words);
            }
        }
    }

    /** Empty if the text is neither a word of ours nor a command that writes to a file. */
    static Optional<Way> parse(String text) {
        return switch (text) {
            case "off" -> Optional.of(new Way.Off());
            case "auto" -> Optional.of(new Way.Auto());
            default -> command(text);
        };
    }

    private static Optional<Way> command(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        int end = 0;
        while (word.find()) {
            words.add(word.group().strip().replaceAll("^[\"']|[\"']$", ""));
            end = word.end();
        }
        boolean known = PLACEHOLDER.matcher(text).results().allMatch(found -> PLACEHOLDERS.contains(found.group(1)));
        return known && text.contains("{file}") && end == text.length()
                ? Optional.of(new Way.Command(words))
                : Optional.empty();
    }
}

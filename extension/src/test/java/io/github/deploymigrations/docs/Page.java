package io.github.deploymigrations.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documentation with a part that the code knows better: what stands between the two marker comments.
 * {@code -Ddocs.write=true} writes it.
 */
record Page(Path file) {
    private static final String BEGIN = "<!-- from the code: begin -->\n";
    private static final String END = "<!-- from the code: end -->\n";

    /** A file that the page shows: its path on a line of its own, then its text. */
    private static final Pattern SHOWN =
            Pattern.compile("^ *`([^`\\n]+)`\\n\\n( *)```\\w+\\n(.*?)^ *```$", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern TYPED = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    static Page of(String name) {
        return new Page(Path.of("..", "docs", name));
    }

    void assertHolds(List<String> lines) {
        String text = read();
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        assertTrue(begin >= BEGIN.length() && end >= begin, file + " has no markers");
        String expected = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("docs.write")) {
            write(text.substring(0, begin) + expected + text.substring(end));
        } else {
            assertEquals(
                    expected, text.substring(begin, end), file + " is behind the code: run with -Ddocs.write=true");
        }
    }

    /** The files that the page shows, by path, in the order of the page. */
    Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        Matcher shown = SHOWN.matcher(read());
        while (shown.find()) {
            String text = shown.group(3).replaceAll("(?m)^" + shown.group(2), "");
            assertNull(files.put(shown.group(1), text), shown.group(1));
        }
        return files;
    }

    /** The lines that the page tells to type into a shell, without those of files that it shows. */
    List<String> commands() {
        List<String> commands = new ArrayList<>();
        Matcher typed = TYPED.matcher(SHOWN.matcher(read()).replaceAll(""));
        while (typed.find()) {
            typed.group(1).lines().forEach(commands::add);
        }
        return commands;
    }

    String read() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

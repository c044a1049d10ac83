package io.github.deploymigrations.settings;

import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A properties file with the line of each entry, which {@link Properties} forgets.
 *
 * <p>{@code Properties.load} itself reads the file, one entry at a time, so that escapes and separators mean what they
 * mean everywhere in Java.
 */
final class PropertiesFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    /** What a reader puts in the place of bytes that it cannot decode; who means it can escape it. */
    private static final char UNDECODED = '\uFFFD';

    private PropertiesFile() {}

    /** Reads the entries in the file's order; malformed escapes and bytes are added to the problems. */
    static List<Setting> read(String file, Reader content, List<Problem> problems) throws IOException {
        List<Setting> settings = new ArrayList<>();
        BufferedReader lines = new BufferedReader(content);
        StringBuilder entry = new StringBuilder();
        int number = 0;
        int first = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (number == 1 && line.startsWith(BYTE_ORDER_MARK)) {
                line = line.substring(1);
            }
            if (entry.isEmpty()) {
                first = number;
            }
            entry.append(line).append('\n');
            if (!continues(entry, line)) {
                add(file, first, entry.toString(), settings, problems);
                entry.setLength(0);
            }
        }
        add(file, first, entry.toString(), settings, problems);
        return settings;
    }

    /** A line that ends in an odd number of backslashes goes on, unless it is a comment. */
    private static boolean continues(StringBuilder entry, String line) {
        String begin = entry.toString().stripLeading();
        if (begin.startsWith("#") || begin.startsWith("!")) {
            return false;
        }
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return (line.length() - end) % 2 == 1;
    }

    private static void add(String file, int line, String entry, List<Setting> settings, List<Problem> problems)
            throws IOException {
        Origin origin = new Origin(file, line);
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(entry));
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(origin.toString(), Message.PROPERTIES_MALFORMED.with(e.getMessage())));
        }
        if (!properties.isEmpty() && entry.indexOf(UNDECODED) >= 0) {
            problems.add(new Problem(origin.toString(), Message.PROPERTIES_NOT_UTF8.with()));
            return;
        }
        properties.forEach((key, value) -> settings.add(new Setting((String) key, (String) value, origin)));
    }
}

package io.github.deploymigrations.it.everywhere;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a server has written into the files of a folder. */
final class Logs {
    private final Path folder;
    private final Map<Path, Long> before = new HashMap<>();

    /** Since when. */
    enum From {
        BEGINNING,
        NOW
    }

    Logs(Path folder, From from) {
        this.folder = folder;
        if (from == From.NOW) {
            files().forEach(file -> before.put(file, size(file)));
        }
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (Path file : files()) {
            try (InputStream content = Files.newInputStream(file)) {
                // a log that is shorter by now was begun anew
                long known = before.getOrDefault(file, 0L);
                content.skipNBytes(known <= size(file) ? known : 0);
                text.append(new String(content.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return text.toString();
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(log|txt)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

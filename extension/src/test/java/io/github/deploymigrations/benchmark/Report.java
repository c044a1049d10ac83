package io.github.deploymigrations.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the figures go: into the documentation between marker comments, or, of a tiny size, where nobody quotes them. */
record Report(Path folder, boolean published) {

    static Report of(Sizes sizes) {
        return sizes.published()
                ? new Report(Path.of("..", "docs"), true)
                : new Report(Path.of("target", "benchmark"), false);
    }

    /** Writes the part of {@code performance.md} with this name. */
    void part(String name, List<String> lines) throws IOException {
        String text = String.join("\n", lines) + "\n";
        System.out.println(text);
        if (!published) {
            file(name + ".md", text);
            return;
        }
        Path page = folder.resolve("performance.md");
        String old = Files.readString(page);
        String begin = "<!-- benchmark " + name + ": begin -->\n";
        int from = old.indexOf(begin) + begin.length();
        int to = old.indexOf("<!-- benchmark " + name + ": end -->");
        if (from < begin.length() || to < from) {
            throw new IllegalStateException(page + " has no markers for " + name);
        }
        Files.writeString(page, old.substring(0, from) + text + old.substring(to));
    }

    /** Writes a file beside the page. */
    void file(String name, String text) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name), text);
    }
}

package io.github.deploymigrations.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A file of the page: the same for everyone, and telling nothing. */
enum StaticFile {
    STYLE("/page.css", "text/css"),
    MARK("/mark.svg", "image/svg+xml"),
    SCHEMA("/schema.json", "application/schema+json");

    private final String path;
    private final String type;
    private final String content;

    StaticFile(String path, String type) {
        this.path = path;
        this.type = type;
        this.content = content(path.substring(1));
    }

    static Optional<StaticFile> at(String path) {
        return Arrays.stream(values()).filter(file -> file.path.equals(path)).findFirst();
    }

    Answer answer() {
        return new Answer(200, type, content)
                .with("Cache-Control", "public, max-age=86400")
                .with("ETag", tag());
    }

    /** Where the page finds it: with another jar comes another address, so that no browser keeps an old file. */
    String address(Site site) {
        return site.address(path) + "?v=" + version();
    }

    private String version() {
        return Integer.toHexString(content.hashCode());
    }

    private String tag() {
        return '"' + version() + '"';
    }

    private static String content(String name) {
        try (InputStream content = StaticFile.class.getResourceAsStream(name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.github.deploymigrations.scripts;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * A folder in a jar. To open a jar is to read the list of all that is in it, so that it stays open while many scripts are
 * read, until somebody releases one of them; each script for itself would make that quadratic. Thread-safe.
 */
final class JarFolder {
    private final URL url;
    private Optional<JarFile> opened = Optional.empty();

    private JarFolder(URL url) {
        this.url = url;
    }

    /** The files that lie directly in the folder, in the order of the jar. */
    static List<Resource> list(JarURLConnection connection, URL url, String path) throws IOException {
        JarFolder folder = new JarFolder(url);
        String prefix = connection.getEntryName().replaceFirst("/*$", "/");
        String container = Container.name(url, path);
        List<Resource> files = new ArrayList<>();
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                String name = entry.getName();
                if (name.startsWith(prefix)
                        && name.length() > prefix.length()
                        && name.indexOf('/', prefix.length()) < 0) {
                    String file = name.substring(prefix.length());
                    boolean isKept = ScriptName.isScript(file)
                            && entry.getSize() >= 0
                            && entry.getSize() <= SmallScripts.LONGEST;
                    files.add(new Resource(
                            file,
                            path + "/" + file,
                            container,
                            isKept ? folder.new SmallScript(name) : () -> folder.openAlone(file)));
                }
            }
        }
        return files;
    }

    /** A script that is read at once, so that nobody reads on when the jar is closed. */
    private final class SmallScript implements Resource.Source {
        private final String entry;

        SmallScript(String entry) {
            this.entry = entry;
        }

        @Override
        public InputStream open() throws IOException {
            return new ByteArrayInputStream(content(entry));
        }

        @Override
        public void release() throws IOException {
            JarFolder.this.release();
        }
    }

    private synchronized byte[] content(String entry) throws IOException {
        if (opened.isEmpty()) {
            URLConnection connection = url.openConnection();
            connection.setUseCaches(false);
            opened = Optional.of(((JarURLConnection) connection).getJarFile());
        }
        JarFile jar = opened.get();
        JarEntry found = jar.getJarEntry(entry);
        if (found == null) {
            throw new FileNotFoundException(entry);
        }
        try (InputStream content = jar.getInputStream(found)) {
            return content.readAllBytes();
        }
    }

    private synchronized void release() throws IOException {
        if (opened.isPresent()) {
            opened.get().close();
            opened = Optional.empty();
        }
    }

    private InputStream openAlone(String file) throws IOException {
        // not by a URI, which composes letters that macOS has decomposed: the jar has no such entry
        String encoded = URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20");
        URLConnection connection = new URL(url, url.toString().replaceFirst("/*$", "/") + encoded).openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }
}

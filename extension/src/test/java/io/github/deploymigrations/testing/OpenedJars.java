package io.github.deploymigrations.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/** URLs into one jar that remember each time it is opened. */
public final class OpenedJars extends URLStreamHandler {
    private final Path jar;
    private final Runnable whenRead;
    private final List<JarFile> opened = new ArrayList<>();

    /** @param whenRead runs whenever something in the jar is read by itself */
    public OpenedJars(Path jar, Runnable whenRead) {
        this.jar = jar;
        this.whenRead = whenRead;
    }

    /** Of a folder or a file in it. */
    public URL url(String path) throws MalformedURLException {
        return new URL(null, "jar:" + jar.toUri() + "!/" + path, this);
    }

    /** In the order in which it was opened, closed ones included. */
    public List<JarFile> opened() {
        return opened;
    }

    @Override
    protected URLConnection openConnection(URL url) throws IOException {
        return new JarURLConnection(url) {
            @Override
            public void connect() {}

            @Override
            public JarFile getJarFile() throws IOException {
                JarFile file = new JarFile(jar.toFile());
                opened.add(file);
                return file;
            }

            @Override
            public InputStream getInputStream() throws IOException {
                whenRead.run();
                JarFile file = getJarFile();
                return file.getInputStream(file.getEntry(getEntryName()));
            }
        };
    }
}

package io.github.deploymigrations.scripts;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Lists the files that lie directly in a folder which is known by its URL. */
final class ResourceFolder {
    private ResourceFolder() {}

    /** The files of the folder, sorted by name; sub-folders are left out. */
    static List<Resource> list(URL url, String path) throws IOException {
        List<Resource> files = new ArrayList<>();
        if (url.getProtocol().equals("file")) {
            try {
                files.addAll(list(Path.of(url.toURI()), path, Container.name(url, path)));
            } catch (URISyntaxException e) {
                throw new IOException("no folder: " + url, e);
            }
        } else {
            URLConnection connection = url.openConnection();
            connection.setUseCaches(false);
            if (connection instanceof JarURLConnection jar) {
                files.addAll(list(jar, url, path));
            } else {
                files.addAll(listVirtual(connection.getContent(), url, path));
            }
        }
        Collections.sort(files);
        return files;
    }

    /** @param container for people: what the folder belongs to */
    static List<Resource> list(Path folder, String path, String container) throws IOException {
        List<Resource> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = name(entry);
                // asking takes as long as reading, and of thousands of scripts each start reads all: a folder fails
                // there
                if (ScriptName.isScript(name) || Files.isRegularFile(entry)) {
                    files.add(new Resource(name, path + "/" + name, container, new OfFile(entry)));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(files);
        return files;
    }

    /** A file of the file system. */
    private record OfFile(Path file) implements Resource.Source {
        /** Not by way of a channel, which takes a young JVM twice as long (JDK 17). */
        @Override
        public InputStream open() throws IOException {
            return isSpelt(file) ? new FileInputStream(file.toFile()) : Files.newInputStream(file);
        }
    }

    /** Whether the platform's character set has the letters of a file's path: {@link java.io.File} has nothing but its text. */
    private static boolean isSpelt(Path file) {
        return file.toString().indexOf('\uFFFD') < 0;
    }

    /** A JVM in the plain locale (US-ASCII) cannot read other names, but a URL has them as the file system does: in UTF-8. */
    private static String name(Path file) {
        String name = file.getFileName().toString();
        if (name.indexOf('\uFFFD') < 0) {
            return name;
        }
        String path = file.toUri().getRawPath();
        return ClassPath.decoded(path.substring(path.lastIndexOf('/') + 1));
    }

    private static List<Resource> list(JarURLConnection connection, URL url, String path) throws IOException {
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
                    files.add(new Resource(
                            file, path + "/" + file, container, new OfEntry(url, file, script(jar, entry, file))));
                }
            }
        }
        return files;
    }

    /** What is in a small script, empty for other files: of scripts each start reads all, and to open a jar for each is dear. */
    private static Optional<byte[]> script(JarFile jar, JarEntry entry, String file) throws IOException {
        boolean small = entry.getSize() >= 0 && entry.getSize() <= SmallScripts.LONGEST;
        if (!small || !ScriptName.isScript(file)) {
            return Optional.empty();
        }
        try (InputStream content = jar.getInputStream(entry)) {
            return Optional.of(content.readAllBytes());
        }
    }

    /** A file in a jar. What was read of it when the jar was open anyway is kept for whoever reads it first. */
    private static final class OfEntry implements Resource.Source {
        private final URL folder;
        private final String file;
        private Optional<byte[]> first;

        OfEntry(URL folder, String file, Optional<byte[]> first) {
            this.folder = folder;
            this.file = file;
            this.first = first;
        }

        @Override
        public synchronized InputStream open() throws IOException {
            Optional<byte[]> kept = first;
            first = Optional.empty();
            return kept.isPresent() ? new ByteArrayInputStream(kept.get()) : ResourceFolder.open(folder, file);
        }
    }

    private static InputStream open(URL folder, String file) throws IOException {
        String base = folder.toString().replaceFirst("/*$", "/");
        URL url = new URL(base + encoded(file));
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    private static String encoded(String file) throws IOException {
        try {
            return new URI(null, null, "/" + file, null).toASCIIString().substring(1);
        } catch (URISyntaxException e) {
            throw new IOException("no file name: " + file, e);
        }
    }

    /**
     * The children of a {@code org.jboss.vfs.VirtualFile}. WildFly's {@code vfs:} URLs are neither files nor jars (seen on
     * 39.0.1), and the class is not ours to compile against.
     */
    private static List<Resource> listVirtual(Object folder, URL url, String path) throws IOException {
        String container = Container.name(url, path);
        List<Resource> files = new ArrayList<>();
        try {
            for (Object child : (List<?>) call(folder, "getChildren")) {
                if ((Boolean) call(child, "isFile")) {
                    String name = (String) call(child, "getName");
                    files.add(new Resource(name, path + "/" + name, container, new OfVirtualFile(child)));
                }
            }
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IOException("this server's kind of folder cannot be listed: " + url, e);
        }
        return files;
    }

    /** A file of WildFly's. */
    private record OfVirtualFile(Object file) implements Resource.Source {
        @Override
        public InputStream open() throws IOException {
            return (InputStream) callUnchecked(file, "openStream");
        }
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    private static Object callUnchecked(Object target, String method) throws IOException {
        try {
            return call(target, method);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IOException(e);
        }
    }
}

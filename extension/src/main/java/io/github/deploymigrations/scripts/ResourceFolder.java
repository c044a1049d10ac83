package io.github.deploymigrations.scripts;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.JarURLConnection;
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
                files.addAll(JarFolder.list(jar, url, path));
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

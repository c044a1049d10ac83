package io.github.deploymigrations.scripts;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One place that may hold a MyBatis repository: {@code scripts}, {@code environments} and {@code hooks} below it. */
sealed interface Location {

    /** The files of a folder of the repository, or empty if the repository has no such folder. */
    Optional<List<Resource>> list(String folder) throws IOException;

    /** The place for people. */
    String describe();

    /** The location that a setting names. */
    static Location of(String setting, ClassPath classPath) {
        return setting.startsWith("file:")
                ? new Folder(Path.of(setting.substring("file:".length())))
                : new OnClassPath(setting, classPath);
    }

    /** A folder of the file system. */
    record Folder(Path path) implements Location {
        @Override
        public Optional<List<Resource>> list(String folder) throws IOException {
            Path directory;
            try {
                directory = path.resolve(folder);
            } catch (InvalidPathException e) {
                // a hook's, with letters that the platform's character set lacks
                return Optional.empty();
            }
            return Files.isDirectory(directory)
                    ? Optional.of(
                            ResourceFolder.list(directory, path.getFileName() + "/" + folder, directory.toString()))
                    : Optional.empty();
        }

        @Override
        public String describe() {
            return "folder " + path.toAbsolutePath().normalize();
        }
    }

    /** A folder on a class path, which several class folders and libraries may have together. */
    record OnClassPath(String path, ClassPath classPath) implements Location {
        @Override
        public Optional<List<Resource>> list(String folder) throws IOException {
            List<URL> urls = classPath.find(path + "/" + folder);
            if (urls.isEmpty()) {
                return Optional.empty();
            }
            List<Resource> files = new ArrayList<>();
            for (URL url : urls) {
                files.addAll(ResourceFolder.list(url, path + "/" + folder));
            }
            return Optional.of(files);
        }

        @Override
        public String describe() {
            return "class path folder " + path;
        }
    }
}

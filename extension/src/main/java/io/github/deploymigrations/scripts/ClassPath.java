package io.github.deploymigrations.scripts;

import java.io.IOException;
import java.net.URL;
import java.util.List;

/** The class path on which repositories are looked for. */
@FunctionalInterface
public interface ClassPath {
    /**
     * The folders of this path, one for each class folder or library that has it.
     *
     * @param path without a leading slash
     * @return empty if there is none, never null
     */
    List<URL> find(String path) throws IOException;
}

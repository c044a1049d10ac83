package io.github.deploymigrations.scripts;

import java.io.IOException;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
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

    /** What a class loader finds, its parents' included. */
    record OfLoader(ClassLoader loader) implements ClassPath {
        @Override
        public List<URL> find(String path) throws IOException {
            return Collections.list(loader.getResources(path));
        }
    }

    /**
     * A URL as people write it. Of one folder, WildFly (39.0.1) encodes the blanks when it names a resource and nothing
     * when it names a code source, so that two URLs can only be compared like this.
     */
    static String decoded(String url) {
        try {
            // a plus sign in a path is a plus sign: only forms mean a blank by it
            return URLDecoder.decode(url.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // a percent sign that stands for itself: nothing was encoded
            return url;
        }
    }
}

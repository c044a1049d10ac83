package io.github.deploymigrations.deployment;

import io.github.deploymigrations.MigrationListener;
import io.github.deploymigrations.scripts.ClassPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.NoSuchFileException;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * The files of the WAR that this class was loaded from, and only those: a parent's class loader, a server's library or
 * the EAR around it may have files of the same name.
 */
final class DeploymentFiles implements ClassPath {
    private static final String WEB_INF = "/WEB-INF/";

    private final ClassLoader loader;
    private final List<String> roots;
    private final boolean inEar;

    DeploymentFiles() {
        this(
                DeploymentFiles.class.getClassLoader(),
                DeploymentFiles.class.getProtectionDomain().getCodeSource());
    }

    private DeploymentFiles(ClassLoader loader, CodeSource source) {
        this.loader = loader;
        String location = source == null || source.getLocation() == null
                ? ""
                : source.getLocation().toString();
        int end = location.lastIndexOf(WEB_INF);
        this.roots = new ArrayList<>();
        if (end >= 0) {
            roots.add(location.substring(0, end));
        }
        roots.addAll(cachedFrom(loader));
        this.inEar = end < 0 && location.contains(".ear/");
    }

    /**
     * Where the WAR is of whose libraries Open Liberty (26.0.0.3) has copies, which lie in a WEB-INF of their own: a cache,
     * in which there is nothing else of the WAR. Only there is a URL a {@code wsjar:}.
     */
    private static List<String> cachedFrom(ClassLoader loader) {
        try {
            List<String> cached = new ArrayList<>();
            for (URL root : Collections.list(loader.getResources(""))) {
                String url = root.toString();
                if (url.startsWith("wsjar:") && url.endsWith("!/") && !url.contains(WEB_INF)) {
                    cached.add(url.substring(0, url.length() - 1));
                }
            }
            return cached;
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Whether the jar is the EAR's, which has no beans.xml of a WAR. */
    boolean areOfAnEar() {
        return inEar;
    }

    /** The name of the deployment for the history: the WAR's file or folder. */
    String deployment() {
        if (roots.isEmpty()) {
            return "application";
        }
        String war = roots.get(roots.size() - 1);
        return war.substring(war.lastIndexOf('/') + 1).replace("!", "");
    }

    /** The listeners that the WAR declares as services. */
    List<MigrationListener> listeners() {
        List<MigrationListener> listeners = new ArrayList<>();
        for (MigrationListener listener : ServiceLoader.load(MigrationListener.class, loader)) {
            listeners.add(listener);
        }
        return List.copyOf(listeners);
    }

    /** All files or folders of this path in the WAR's classes and libraries. */
    @Override
    public List<URL> find(String path) throws IOException {
        Set<String> parents = new HashSet<>();
        if (roots.isEmpty() && loader.getParent() != null) {
            for (URL url : Collections.list(loader.getParent().getResources(path))) {
                parents.add(url.toString());
            }
        }
        List<URL> found = new ArrayList<>();
        for (URL url : Collections.list(loader.getResources(path))) {
            boolean ours = roots.isEmpty() ? !parents.contains(url.toString()) : isBelowARoot(url);
            if (ours) {
                found.add(openable(url.toString()));
            }
        }
        return found;
    }

    private boolean isBelowARoot(URL url) {
        String decoded = ClassPath.decoded(url.toString());
        for (String war : roots) {
            if (decoded.contains(ClassPath.decoded(path(war)) + WEB_INF)) {
                return true;
            }
        }
        return false;
    }

    /** The path of a URL whose scheme may be nested, as in {@code jar:file:/…}. */
    private static String path(String url) {
        return url.substring(Math.max(0, url.indexOf('/')));
    }

    /**
     * WildFly (39.0.1) leaves brackets in its URLs as they are, and then cannot open them. What Open Liberty (26.0.0.3)
     * opens for its {@code wsjar:} cannot be listed, as that of a plain {@code jar:} can.
     */
    private static URL openable(String url) throws MalformedURLException {
        String plain = url.startsWith("wsjar:") ? url.substring(2) : url;
        return new URL(plain.replace("[", "%5B").replace("]", "%5D"));
    }

    /** {@code WEB-INF/beans.xml} and {@code WEB-INF/classes/META-INF/beans.xml}, those that exist. */
    List<URL> beansXml() throws IOException {
        Set<String> seen = new LinkedHashSet<>();
        List<URL> found = new ArrayList<>();
        for (URL url : candidates()) {
            if (exists(url) && seen.add(url.toString())) {
                found.add(url);
            }
        }
        return found;
    }

    private List<URL> candidates() throws IOException {
        List<URL> candidates = new ArrayList<>(webInfBeansXml());
        for (URL url : find("META-INF/beans.xml")) {
            // a library's beans.xml describes the library
            if (roots.isEmpty() || url.toString().contains(WEB_INF + "classes/")) {
                candidates.add(url);
            }
        }
        return candidates;
    }

    private List<URL> webInfBeansXml() throws MalformedURLException {
        List<URL> found = new ArrayList<>();
        for (String war : roots) {
            found.add(openable(war + WEB_INF + "beans.xml"));
        }
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (found.isEmpty() && context != null) {
            // nobody said where the jar is from
            Optional.ofNullable(context.getResource("WEB-INF/beans.xml")).ifPresent(found::add);
        }
        return found;
    }

    private static boolean exists(URL url) throws IOException {
        try (InputStream content = open(url)) {
            return content != null;
        } catch (FileNotFoundException | NoSuchFileException e) {
            return false;
        }
    }

    static InputStream open(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    /** The file's name for people: from {@code WEB-INF} on. */
    static String name(URL url) {
        String text = url.toString();
        int begin = text.lastIndexOf(WEB_INF);
        return begin < 0 ? text.substring(text.lastIndexOf("/META-INF/") + 1) : text.substring(begin + 1);
    }
}

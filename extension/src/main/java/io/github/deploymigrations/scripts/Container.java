package io.github.deploymigrations.scripts;

import java.net.URL;

/**
 * The library or folder of classes that has a folder of a repository, as people call it: by its place in the WAR, else by
 * its last names. Where a server keeps the WAR is of no use to them.
 */
final class Container {
    private static final String WEB_INF = "/WEB-INF/";

    private Container() {}

    /** @param path of the folder in its library */
    static String name(URL folder, String path) {
        String whole = ClassPath.decoded(folder.toString()).replaceFirst("/+$", "");
        String container = (whole.endsWith("/" + path) ? whole.substring(0, whole.length() - path.length()) : whole)
                .replaceFirst("[!/]+$", "");
        int inWar = container.lastIndexOf(WEB_INF);
        if (inWar >= 0) {
            return container.substring(inWar + 1);
        }
        int last = container.lastIndexOf('/');
        // many folders of classes have one last name
        boolean classes = folder.getProtocol().equals("file");
        return container.substring((classes ? container.lastIndexOf('/', last - 1) : last) + 1);
    }
}

package io.github.deploymigrations.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Where the status is shown.
 *
 * @param contextPath of the application; empty for the root
 * @param path below the context, starting with a slash
 */
record Site(String contextPath, String path) {

    /** The path of the address of something below the status: {@code ""} is the status itself. */
    String address(String below) {
        return contextPath + path + below;
    }

    /** The application as people call it, by its path. */
    String application() {
        return contextPath.isEmpty() ? "/" : contextPath;
    }

    /**
     * What the request asks for below the status: {@code ""} is the status itself.
     *
     * <p>From servlet path and path info together, which are decoded by the container and mean the same in a servlet and
     * in a filter, whatever servlet the request is for.
     *
     * @return empty if the request is for something else
     */
    Optional<String> below(HttpServletRequest request) {
        String info = request.getPathInfo();
        String asked = request.getServletPath() + (info == null ? "" : info);
        boolean ours = asked.equals(path) || asked.startsWith(path + "/");
        return ours ? Optional.of(asked.substring(path.length())) : Optional.empty();
    }

    /** The address of the status. */
    @Override
    public String toString() {
        return address("");
    }
}

package io.github.deploymigrations.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where the status is shown.
 *
 * @param contextPath of the application; empty for the root
 * @param path below the context, starting with a slash
 */
record Site(String contextPath, String path) {
    /** What of ASCII's visible characters no path has, by RFC 3986, 3.3; but for the one that encodes them. */
    private static final String FORBIDDEN = "\"#<>?[\\]^`{|}";

    /**
     * The path of the address of something below the status: {@code ""} is the status itself. As a browser sends it, which
     * keeps a cookie for no other path: a context path may have blanks and umlauts, of which Jetty (12.1.5) has some
     * encoded already.
     */
    String address(String below) {
        return encoded(contextPath) + path + below;
    }

    private static String encoded(String path) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            if (octet > ' ' && octet < 0x7F && FORBIDDEN.indexOf(octet) < 0) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return encoded.toString();
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

    /** Where the status is, for people. */
    @Override
    public String toString() {
        return contextPath + path;
    }
}

package io.github.deploymigrations.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The parameters of the query. Read here, as a container reads the body of a form for them, and throws for all of them
 * where one is no text, such as {@code ?format=%ff} (Jetty 12.1.5).
 */
final class Query {
    /** Stands for what is no text; no parameter has a use for it. */
    static final char NO_TEXT = '\uFFFD';

    private Query() {}

    /** The values of a parameter, in which {@link #NO_TEXT} stands for what cannot be decoded. */
    static List<String> values(HttpServletRequest request, String name) {
        String query = request.getQueryString();
        return Arrays.stream(query == null ? new String[0] : query.split("&", -1))
                .map(parameter -> parameter.split("=", 2))
                .filter(parameter -> decoded(parameter[0]).equals(name))
                .map(parameter -> parameter.length == 1 ? "" : decoded(parameter[1]))
                .toList();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // a percent sign without two digits
            return String.valueOf(NO_TEXT);
        }
    }
}

package io.github.deploymigrations.servlet;

import io.github.deploymigrations.messages.Message;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How an answer is written. */
enum Format {
    JSON("application/json"),
    HTML("text/html");

    private final String type;

    Format(String type) {
        this.type = type;
    }

    String mediaType() {
        return type;
    }

    /**
     * The format that the parameter {@code format} asks for, else the one that the client prefers.
     *
     * @throws Refusal if the parameter is neither {@code json} nor {@code html}
     */
    static Format of(HttpServletRequest request) throws Refusal {
        List<String> parameters = parameters(request);
        return parameters.isEmpty()
                ? preferred(request)
                : asked(request)
                        .orElseThrow(() -> new Refusal(
                                HttpServletResponse.SC_BAD_REQUEST, Message.STATUS_FORMAT_UNKNOWN.with("json, html")));
    }

    /** The same for an answer that has to be written whatever the request says. */
    static Format forgiving(HttpServletRequest request) {
        return asked(request).orElseGet(() -> preferred(request));
    }

    private static Optional<Format> asked(HttpServletRequest request) {
        return switch (String.join(" ", parameters(request))) {
            case "json" -> Optional.of(JSON);
            case "html" -> Optional.of(HTML);
            default -> Optional.empty();
        };
    }

    /**
     * The values of the parameter {@code format} in the query. Read here, as a container reads the body of a form for it,
     * and throws at a query that is no text, such as {@code ?format=%ff}.
     */
    static List<String> parameters(HttpServletRequest request) {
        String query = request.getQueryString();
        return Arrays.stream(query == null ? new String[0] : query.split("&", -1))
                .map(parameter -> parameter.split("=", 2))
                .filter(parameter -> decoded(parameter[0]).equals("format"))
                .map(parameter -> parameter.length == 1 ? "" : decoded(parameter[1]))
                .toList();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** JSON, unless the client clearly likes HTML more, as browsers do. */
    private static Format preferred(HttpServletRequest request) {
        AcceptHeader accept = AcceptHeader.of(request);
        return accept.quality(HTML.type) > accept.quality(JSON.type) ? HTML : JSON;
    }
}

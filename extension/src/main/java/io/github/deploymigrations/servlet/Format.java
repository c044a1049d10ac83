package io.github.deploymigrations.servlet;

import io.github.deploymigrations.messages.Message;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
        List<String> parameters = Query.values(request, "format");
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
        return switch (String.join(" ", Query.values(request, "format"))) {
            case "json" -> Optional.of(JSON);
            case "html" -> Optional.of(HTML);
            default -> Optional.empty();
        };
    }

    /** JSON, unless the client clearly likes HTML more, as browsers do. */
    private static Format preferred(HttpServletRequest request) {
        AcceptHeader accept = AcceptHeader.of(request);
        return accept.quality(HTML.type) > accept.quality(JSON.type) ? HTML : JSON;
    }
}

package io.github.deploymigrations.servlet;

import io.github.deploymigrations.messages.Message;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/** How metrics are written. */
enum Exposition {
    /** OpenMetrics 1.0, what Prometheus asks for first. */
    OPENMETRICS("application/openmetrics-text", "1.0.0"),
    /** Prometheus' older format, what nearly everything else reads. */
    TEXT("text/plain", "0.0.4");

    private final String type;
    private final String version;

    Exposition(String type, String version) {
        this.type = type;
        this.version = version;
    }

    String mediaType() {
        return type + ";version=" + version;
    }

    /**
     * What the parameter {@code format} asks for, {@code openmetrics} or {@code text}; else what the client prefers, and
     * OpenMetrics if it does not care.
     *
     * @throws Refusal if the parameter is something else
     */
    static Exposition of(HttpServletRequest request) throws Refusal {
        List<String> asked = Query.values(request, "format");
        if (asked.isEmpty()) {
            AcceptHeader accept = AcceptHeader.of(request);
            return accept.quality(TEXT.type) > accept.quality(OPENMETRICS.type) ? TEXT : OPENMETRICS;
        }
        return switch (String.join(" ", asked)) {
            case "openmetrics" -> OPENMETRICS;
            case "text" -> TEXT;
            default ->
                throw new Refusal(
                        HttpServletResponse.SC_BAD_REQUEST, Message.STATUS_FORMAT_UNKNOWN.with("openmetrics, text"));
        };
    }
}

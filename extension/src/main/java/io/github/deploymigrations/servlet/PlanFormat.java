package io.github.deploymigrations.servlet;

import io.github.deploymigrations.messages.Message;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;

/** How a plan is written: text unless something else is asked for or preferred. */
enum PlanFormat {
    TEXT("text/plain"),
    SQL("application/sql"),
    JSON("application/json");

    private final String type;

    PlanFormat(String type) {
        this.type = type;
    }

    String mediaType() {
        return type;
    }

    /**
     * The format that the parameter {@code format} asks for, else the one that the client prefers.
     *
     * @throws Refusal if the parameter is neither {@code json} nor {@code sql}
     */
    static PlanFormat of(HttpServletRequest request) throws Refusal {
        List<String> parameters = Query.values(request, "format");
        if (parameters.isEmpty()) {
            return preferred(request);
        }
        return switch (String.join(" ", parameters)) {
            case "json" -> JSON;
            case "sql" -> TEXT;
            default -> throw new Refusal(HttpServletResponse.SC_BAD_REQUEST, Message.PLAN_FORMAT_UNKNOWN.with());
        };
    }

    private static PlanFormat preferred(HttpServletRequest request) {
        Enumeration<String> headers = request.getHeaders("Accept");
        AcceptHeader accept = AcceptHeader.of(headers == null ? List.of() : Collections.list(headers));
        return Arrays.stream(values())
                .min(Comparator.comparingDouble(format -> -accept.quality(format.type)))
                .orElse(TEXT);
    }
}

package io.github.deploymigrations.servlet;

import io.github.deploymigrations.messages.Message;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request that acts: of its query, and of a form in its body, which is read no further than it may be
 * long. Immutable.
 */
final class Parameters {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int LONGEST_BODY = 8192;

    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /** @throws Refusal if the body is too long or no form, or a parameter is malformed or there twice */
    static Parameters of(HttpServletRequest request) throws IOException, Refusal {
        Map<String, String> values = new LinkedHashMap<>();
        add(values, Optional.ofNullable(request.getQueryString()).orElse(""));
        add(values, body(request));
        return new Parameters(Map.copyOf(values));
    }

    private static String body(HttpServletRequest request) throws IOException, Refusal {
        if (request.getContentLengthLong() > LONGEST_BODY) {
            throw tooLong();
        }
        byte[] bytes = request.getInputStream().readNBytes(LONGEST_BODY + 1);
        if (bytes.length > LONGEST_BODY) {
            throw tooLong();
        }
        // not getContentType(): Jetty (12.1.5) throws there at a charset that cannot be one
        String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
        if (bytes.length > 0 && !type.split(";", 2)[0].strip().equalsIgnoreCase(FORM)) {
            throw new Refusal(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, Message.ACTION_BODY_REFUSED.with(FORM));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Refusal tooLong() {
        return new Refusal(
                HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, Message.ACTION_BODY_TOO_LONG.with(LONGEST_BODY));
    }

    private static void add(Map<String, String> values, String text) throws Refusal {
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] sides = pair.split("=", 2);
                String name = decoded(sides[0], sides[0]);
                if (values.putIfAbsent(name, sides.length == 1 ? "" : decoded(sides[1], name)) != null) {
                    throw malformed("one value", name);
                }
            }
        }
    }

    private static String decoded(String text, String name) throws Refusal {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("a value that can be decoded", name);
        }
    }

    /** Empty if it is not there. */
    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** @throws Refusal if it is not there */
    String required(String name, String expected) throws Refusal {
        return value(name).orElseThrow(() -> malformed(expected, name));
    }

    static Refusal malformed(String expected, String name) {
        return new Refusal(HttpServletResponse.SC_BAD_REQUEST, Message.ACTION_PARAMETER.with(name, expected));
    }
}

package io.github.deploymigrations.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer, complete before its first byte goes out: what fails while it is made leaves no half document behind.
 * Immutable.
 *
 * @param status code of HTTP
 * @param type media type without the character set, which is always UTF-8
 * @param body text
 * @param headers beside those that every answer has, and in place of them where they have the same name
 */
record Answer(int status, String type, String body, Map<String, String> headers) {
    private static final Map<String, String> ALWAYS = Map.of(
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            // not "no-referrer", with which browsers call the origin of our own forms "null"
            "Referrer-Policy", "same-origin",
            "Content-Security-Policy",
                    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self';"
                            + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'");

    Answer {
        headers = Map.copyOf(headers);
    }

    Answer(int status, String type, String body) {
        this(status, type, body, Map.of());
    }

    /** A line of plain text. */
    static Answer text(int status, String line) {
        return new Answer(status, "text/plain", line + "\n");
    }

    /** Another address has the answer. */
    static Answer seeOther(String address) {
        return text(HttpServletResponse.SC_SEE_OTHER, address).with("Location", address);
    }

    /** The same with a header more. */
    Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, type, body, more);
    }

    /** Whether the client has this answer already, by RFC 9110, 13.1.2: a proxy that packs it makes its tag a weak one. */
    private boolean isKnown(HttpServletRequest request) {
        String tag = headers.get("ETag");
        String known = request.getHeader("If-None-Match");
        return tag != null
                && known != null
                && Arrays.stream(known.split(",", -1))
                        .map(one -> one.strip().replaceFirst("^W/", ""))
                        .anyMatch(one -> one.equals(tag) || one.equals("*"));
    }

    /** Answers the request, which for a HEAD is to say what a GET would be answered. */
    void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ALWAYS.forEach(response::setHeader);
        headers.forEach(response::setHeader);
        if (isKnown(request)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setStatus(status);
        response.setContentType(type + ";charset=UTF-8");
        response.setContentLength(bytes.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(bytes);
        }
    }
}

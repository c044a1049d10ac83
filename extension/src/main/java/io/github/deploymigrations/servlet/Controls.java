package io.github.deploymigrations.servlet;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the page needs to offer actions: a token that its forms send beside the cookie that has it too. A page of another
 * site can neither read nor set it. Kept in the browser alone, so that any node of a cluster knows it again.
 *
 * @param token of the browser
 */
record Controls(String token) {
    private static final String COOKIE = "migrations-token";
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{32}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The controls of this browser, which gets a token if it has none. */
    static Controls of(HttpServletRequest request, HttpServletResponse response, Site site) {
        Optional<String> known = cookie(request);
        if (known.isPresent()) {
            return new Controls(known.get());
        }
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        Controls controls = new Controls(HexFormat.of().formatHex(bytes));
        Cookie cookie = new Cookie(COOKIE, controls.token);
        cookie.setPath(site.address(""));
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Strict");
        response.addCookie(cookie);
        return controls;
    }

    /** Whether the token is the one of the browser that sends it. */
    static boolean isTokenOf(HttpServletRequest request, Optional<String> token) {
        Optional<byte[]> known = cookie(request).map(text -> text.getBytes(StandardCharsets.UTF_8));
        Optional<byte[]> sent = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
        return known.isPresent() && sent.isPresent() && MessageDigest.isEqual(known.get(), sent.get());
    }

    private static Optional<String> cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(COOKIE)
                        && TOKEN.matcher(cookie.getValue()).matches()) {
                    return Optional.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }
}

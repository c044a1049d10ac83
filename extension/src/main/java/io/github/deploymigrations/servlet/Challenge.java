package io.github.deploymigrations.servlet;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * The response while the container asks who the user is. Keeps of its errors the status alone: once sent, they go to the
 * application's error page, and cannot be taken back where they are no challenge at all.
 */
final class Challenge extends HttpServletResponseWrapper {
    Challenge(HttpServletResponse response) {
        super(response);
    }

    @Override
    public void sendError(int status) {
        setStatus(status);
    }

    @Override
    public void sendError(int status, String message) {
        setStatus(status);
    }

    /** Whether the login has answered by itself: by a form, or by sending the browser to one. */
    boolean isAnswered() {
        boolean redirected = getStatus() >= 300 && getStatus() < 400;
        return isCommitted() || redirected;
    }

    /** Whether the answer has to be the 401 that makes a browser ask for a password. */
    boolean asksForCredentials() {
        return getStatus() == SC_UNAUTHORIZED && containsHeader("WWW-Authenticate");
    }
}

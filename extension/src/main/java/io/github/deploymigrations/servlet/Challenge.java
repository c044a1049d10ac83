package io.github.deploymigrations.servlet;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * The response while the container asks who the user is. Holds its errors back, which cannot be taken back once they are
 * sent: Jetty (12.1) answers 401 in a WAR that has no login at all.
 */
final class Challenge extends HttpServletResponseWrapper {
    private int error;

    Challenge(HttpServletResponse response) {
        super(response);
    }

    @Override
    public void sendError(int status) {
        error = status;
    }

    @Override
    public void sendError(int status, String message) {
        error = status;
    }

    /** Whether the login has answered by itself: by a form, or by sending the browser to one. */
    boolean isAnswered() {
        boolean redirected = getStatus() >= 300 && getStatus() < 400;
        return isCommitted() || redirected;
    }

    /** Whether the answer has to be the 401 that makes a browser ask for a password. */
    boolean asksForCredentials() {
        boolean unauthorized = error == SC_UNAUTHORIZED || getStatus() == SC_UNAUTHORIZED;
        return unauthorized && containsHeader("WWW-Authenticate");
    }
}

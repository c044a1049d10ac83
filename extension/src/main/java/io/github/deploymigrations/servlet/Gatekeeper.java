package io.github.deploymigrations.servlet;

import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.Access;
import io.github.deploymigrations.settings.StatusSettings;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets in who may. In the servlet, as a security constraint with a role is a 500 on WildFly (39.0.1)
 * where the WAR has no login.
 */
final class Gatekeeper {
    /**
     * Any user who is logged in, by the Servlet specification 6.0, 13.3, of which Jetty (12.1.5) does not know. Declared,
     * it would be a role of its own.
     */
    static final String ANY_USER = "**";

    private final Access access;
    private final String role;
    private final Message roleNeeded;
    private final Message loginMissing;
    private final boolean login;

    /**
     * Lets in.
     *
     * @param roleNeeded what to say to those without the role
     * @param loginMissing what to say where nobody can have it
     * @param login whether the WAR is known to have one
     */
    Gatekeeper(Access access, String role, Message roleNeeded, Message loginMissing, boolean login) {
        this.access = access;
        this.role = role;
        this.roleNeeded = roleNeeded;
        this.loginMissing = loginMissing;
        this.login = login;
    }

    /** Who may read the status. */
    static Gatekeeper ofStatus(StatusSettings settings, boolean login) {
        return new Gatekeeper(
                settings.access(), settings.role(), Message.STATUS_ROLE_NEEDED, Message.STATUS_LOGIN_MISSING, login);
    }

    /**
     * Whether the request may.
     *
     * @return false if the WAR's login has answered, for example with its form
     * @throws Refusal if it may not
     */
    boolean admits(HttpServletRequest request, HttpServletResponse response) throws IOException, Refusal {
        try {
            if (isReader(request)) {
                return true;
            }
            if (request.getUserPrincipal() != null) {
                throw refusal(HttpServletResponse.SC_FORBIDDEN, roleNeeded);
            }
        } catch (IllegalArgumentException e) {
            // Jetty (12.1.5) decodes the credentials only now, and throws where they cannot be
            Log.trace(loginMissing, e);
        }
        return loggedIn(request, response);
    }

    /** Whether the request may read the status, for what answers anyone: nobody is asked to log in. */
    boolean recognises(HttpServletRequest request) {
        try {
            return isReader(request);
        } catch (RuntimeException e) {
            // a login that breaks must not take a probe with it
            Log.trace(Message.STATUS_LOGIN_MISSING, e);
            return false;
        }
    }

    /** Whether the user who is logged in already may. */
    boolean isReader(HttpServletRequest request) {
        return access == Access.OPEN
                || request.isUserInRole(role)
                || (role.equals(ANY_USER) && request.getUserPrincipal() != null);
    }

    private boolean loggedIn(HttpServletRequest request, HttpServletResponse response) throws IOException, Refusal {
        Challenge challenge = new Challenge(response);
        if (authenticate(request, challenge) && request.getUserPrincipal() != null) {
            if (isReader(request)) {
                return true;
            }
            throw refusal(HttpServletResponse.SC_FORBIDDEN, roleNeeded);
        }
        if (challenge.isAnswered()) {
            return false;
        }
        if (challenge.asksForCredentials()) {
            throw refusal(HttpServletResponse.SC_UNAUTHORIZED, roleNeeded);
        }
        throw refusal(HttpServletResponse.SC_FORBIDDEN, login ? roleNeeded : loginMissing);
    }

    /** Without a login mechanism the containers return, answer 401 or throw, each as it likes. */
    private static boolean authenticate(HttpServletRequest request, Challenge challenge) throws IOException {
        try {
            return request.authenticate(challenge);
        } catch (ServletException | RuntimeException e) {
            Log.trace(Message.STATUS_LOGIN_MISSING, e);
            return false;
        }
    }

    private Refusal refusal(int status, Message why) {
        return new Refusal(status, why.with(role));
    }
}

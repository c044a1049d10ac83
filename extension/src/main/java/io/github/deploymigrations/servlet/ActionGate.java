package io.github.deploymigrations.servlet;

import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.Access;
import io.github.deploymigrations.settings.ActionAccess;
import io.github.deploymigrations.settings.StatusSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets in who may act, and only from here: a page of another site cannot make a reader's browser act. Browsers say where
 * a request comes from ({@code Sec-Fetch-Site}, {@code Origin}) and send no header of their own choice to another site
 * without asking first; a form of our page brings the token of its cookie.
 */
final class ActionGate {
    private static final Pattern LOOPBACK =
            Pattern.compile("127(?:\\.\\d{1,3}){3}|(?:0*:)*:?0*1|::1|0:0:0:0:0:0:0:1|::ffff:127(?:\\.\\d{1,3}){3}");
    private static final Pattern THIS_HOST = Pattern.compile("(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d+)?");
    private static final Set<String> PROXIED = Set.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via");

    private final StatusSettings settings;
    private final Gatekeeper byRole;

    /** @param login whether the WAR is known to have one */
    ActionGate(StatusSettings settings, boolean login) {
        this.settings = settings;
        this.byRole = new Gatekeeper(
                Access.ROLE, settings.actionRole(), Message.ACTION_ROLE_NEEDED, Message.ACTION_LOGIN_MISSING, login);
    }

    /** Whether anybody may act at all. */
    boolean isOpen() {
        return settings.actions() != ActionAccess.NOBODY;
    }

    /** Whether the page should offer to act. */
    boolean wouldAdmit(HttpServletRequest request) {
        return switch (settings.actions()) {
            case NOBODY -> false;
            case THIS_MACHINE -> isFromThisMachine(request);
            case ROLE -> byRole.isReader(request);
        };
    }

    /**
     * Whether the request may act.
     *
     * @return false if the WAR's login has answered
     * @throws Refusal if it may not
     */
    boolean admits(HttpServletRequest request, HttpServletResponse response, Parameters parameters)
            throws IOException, Refusal {
        if (!isFromOurPage(request, parameters)) {
            throw new Refusal(HttpServletResponse.SC_FORBIDDEN, Message.ACTION_FROM_ELSEWHERE.with());
        }
        if (settings.actions() == ActionAccess.THIS_MACHINE) {
            if (!isFromThisMachine(request)) {
                throw new Refusal(HttpServletResponse.SC_FORBIDDEN, Message.ACTION_FROM_FAR.with());
            }
            return true;
        }
        return byRole.admits(request, response);
    }

    private static boolean isFromThisMachine(HttpServletRequest request) {
        String host = Optional.ofNullable(request.getHeader("Host")).orElse("").toLowerCase(Locale.ROOT);
        String address = Optional.ofNullable(request.getRemoteAddr()).orElse("").replaceAll("[\\[\\]]|%.*", "");
        return LOOPBACK.matcher(address).matches()
                && THIS_HOST.matcher(host).matches()
                && PROXIED.stream().allMatch(name -> request.getHeader(name) == null);
    }

    private static boolean isFromOurPage(HttpServletRequest request, Parameters parameters) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        // the browser has compared what it knows; Host may be another behind a proxy
        boolean isSame = site == null ? origin == null || isOurs(origin, request) : site.equals("same-origin");
        if (!isSame) {
            return false;
        }
        boolean byProgram = request.getHeader("X-Requested-With") != null;
        return byProgram || Controls.isTokenOf(request, parameters.value("token"));
    }

    private static boolean isOurs(String origin, HttpServletRequest request) {
        String host = String.valueOf(request.getHeader("Host"));
        return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
    }
}

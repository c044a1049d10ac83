package io.github.deploymigrations.settings;

import java.util.Optional;

/**
 * Where the status is shown, who may read it, and who may act. Immutable.
 *
 * @param path of the servlet below the context, starting with a slash; empty if there is none
 * @param access who may read
 * @param role that may read where access is by role
 * @param actions who may act
 * @param actionRole that may act where that is by role
 */
public record StatusSettings(
        Optional<String> path, Access access, String role, ActionAccess actions, String actionRole) {
    /** The defaults in production: what holds where the settings themselves are wrong. */
    public static final StatusSettings CLOSED = new StatusSettings(
            Optional.of(Key.STATUS_PATH.defaultText()),
            Access.ROLE,
            Key.STATUS_ROLE.defaultText(),
            ActionAccess.NOBODY,
            Key.ACTION_ROLE.defaultText());
}

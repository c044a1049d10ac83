package io.github.deploymigrations.settings;

/** Who may act by a request. */
public enum ActionAccess {
    /** Nobody. */
    NOBODY,
    /** Whoever calls from this machine: in development. */
    THIS_MACHINE,
    /** Whoever has the role. */
    ROLE
}

package io.github.deploymigrations.deployment;

/**
 * Tells a server not to start the application. Nothing but the text: servers print what they get, and a stack trace of
 * ours explains nothing that the text does not.
 */
public final class DeploymentBlocked extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param text for the administrator */
    public DeploymentBlocked(String text) {
        super(text, null, false, false);
    }

    /** The message alone, as servers print this in front of nothing else. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return getMessage();
    }
}

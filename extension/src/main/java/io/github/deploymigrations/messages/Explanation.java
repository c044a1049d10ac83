package io.github.deploymigrations.messages;

import static java.util.Objects.requireNonNull;

/**
 * One thing that happened, told to a person: what happened, and what the reader does now.
 *
 * @param code the stable id of the message, never null
 * @param what what happened, never null
 * @param action what to do now; empty where nothing needs doing, never null
 */
public record Explanation(String code, String what, String action) {
    public Explanation {
        requireNonNull(code);
        requireNonNull(what);
        requireNonNull(action);
    }

    /** The id and what happened, on one line. */
    @Override
    public String toString() {
        return code + " " + what;
    }

    /** The id, what happened and what to do, on one line; what a driver or the platform says ends without a stop. */
    public String sentences() {
        return followedByAction(toString());
    }

    /** The same with the place behind the id. */
    String sentencesOf(String place) {
        return followedByAction(code + " " + place + ": " + what);
    }

    private String followedByAction(String happened) {
        boolean isSentence = action.isEmpty() || happened.matches("(?s).*[.!?]");
        return (isSentence ? happened + " " + action : happened + ". " + action).strip();
    }
}

package io.github.deploymigrations.plan;

import io.github.deploymigrations.messages.Explanation;

/** Where a script stands that was begun and not ended, as far as it can be proved. */
public sealed interface Standing {
    /**
     * It can go on.
     *
     * @param from the first statement to run, from 1
     */
    record GoOn(int from) implements Standing {}

    /**
     * Nobody can tell, or the statements that ran are not those of the script any more.
     *
     * @param done how many statements are in the database for sure
     * @param reason for a person
     */
    record Unknown(int done, Explanation reason) implements Standing {}
}

package io.github.deploymigrations.run;

import io.github.deploymigrations.scripts.PlainStatements;
import io.github.deploymigrations.scripts.ScriptReader;
import java.util.Optional;

/** A statement of a script that is about to run, and what is known of those behind it. */
sealed interface Upcoming {
    /** As it goes to the database. */
    String sql();

    /** The checksum of the script's text up to its end. */
    String checksum();

    /** The one behind it, if that is known already. */
    Optional<Upcoming> behind();

    /**
     * One of those that are at hand.
     *
     * @param number of it, from 1
     */
    record AtHand(PlainStatements statements, int number) implements Upcoming {
        @Override
        public String sql() {
            return statements.sql(number);
        }

        @Override
        public String checksum() {
            return statements.checksumUpTo(number);
        }

        @Override
        public Optional<Upcoming> behind() {
            return number < statements.size() ? Optional.of(new AtHand(statements, number + 1)) : Optional.empty();
        }
    }

    /**
     * The one that was read last.
     *
     * @param script where it ends
     */
    record Read(String sql, ScriptReader script) implements Upcoming {
        @Override
        public String checksum() {
            return script.checksum();
        }

        @Override
        public Optional<Upcoming> behind() {
            return Optional.empty();
        }
    }
}

package io.github.deploymigrations.run;

import io.github.deploymigrations.messages.Message;

/** What a failed script leaves in the database. */
sealed interface Left {
    /** For the failure: one sentence and a blank. */
    String text();

    /** The same of a revision that was to be undone. */
    default String ofUndo() {
        return text();
    }

    /** Whether nothing of it is there, so that it can be tried again as if nothing had happened. */
    default boolean isNothing() {
        return false;
    }

    /** It was rolled back. */
    record Nothing() implements Left {
        @Override
        public String text() {
            return Message.NOTHING_LEFT.with().what();
        }

        @Override
        public String ofUndo() {
            return Message.UNDO_LEFT_NOTHING.with().what();
        }

        @Override
        public boolean isNothing() {
            return true;
        }
    }

    /** It was rolled back with all the others of this deployment. */
    record NothingOfAll() implements Left {
        @Override
        public String text() {
            return Message.ALL_TAKEN_BACK.with().what();
        }

        @Override
        public String ofUndo() {
            return Message.UNDO_LEFT_NOTHING.with().what();
        }

        @Override
        public boolean isNothing() {
            return true;
        }
    }

    /**
     * So many of its statements, from the first, are committed.
     *
     * @param all that it has
     */
    record Statements(int committed, int all) implements Left {
        @Override
        public String text() {
            return committed >= all
                    ? Message.ALL_STATEMENTS_LEFT.with().what()
                    : Message.STATEMENTS_LEFT.with(committed, committed + 1).what();
        }

        @Override
        public String ofUndo() {
            return Message.UNDO_LEFT_STATEMENTS.with(committed).what();
        }
    }

    /** So many are committed, and the rest may need what was set in a session that is gone. */
    record OfSession(int committed) implements Left {
        @Override
        public String text() {
            return Message.SESSION_LEFT.with(committed).what();
        }

        @Override
        public String ofUndo() {
            return Message.UNDO_LEFT_SOMETHING.with().what();
        }
    }

    /** The failed statement, or one before it, may have left something behind. */
    record Something(int from) implements Left {
        @Override
        public String text() {
            return Message.SOMETHING_LEFT.with(from).what();
        }

        @Override
        public String ofUndo() {
            return Message.UNDO_LEFT_SOMETHING.with().what();
        }
    }

    /** The connection that could tell is gone. */
    record Unknown() implements Left {
        @Override
        public String text() {
            return Message.LEFT_UNKNOWN.with().what();
        }
    }
}

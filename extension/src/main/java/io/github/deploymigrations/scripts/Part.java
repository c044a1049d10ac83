package io.github.deploymigrations.scripts;

/** The statements of a script that run: those that apply it, or those that undo it. Immutable. */
public sealed interface Part {
    /** The script; its number of statements, and what these need of transactions, are this part's. */
    Script script();

    /** For people: where the part is. */
    default String place() {
        return script().path();
    }

    /** The up part. */
    record Up(Script script) implements Part {}

    /** The undo part as this release has it. */
    record Undo(Script script) implements Part {}

    /**
     * The undo part as the history keeps it.
     *
     * @param text that begins with the line {@code -- //@UNDO}, from which lines count
     */
    record Kept(Script script, String text) implements Part {
        /** What earlier releases kept begins with MyBatis' reading of the line (3.5.0), which is no such line any more. */
        static String counted(String kept) {
            int end = kept.indexOf('\n');
            return "-- //@UNDO\n" + (end < 0 ? "" : kept.substring(end + 1));
        }

        @Override
        public String place() {
            return script.path() + " (its undo part in the history)";
        }
    }

    /** The same part of a script that was looked at. */
    private Part of(Script counted) {
        if (this instanceof Kept kept) {
            return new Kept(counted, kept.text);
        }
        return this instanceof Undo ? new Undo(counted) : new Up(counted);
    }

    /** The same part with what a look at its statements found. */
    default Part with(ScriptContent content) {
        return of(script().with(content));
    }
}

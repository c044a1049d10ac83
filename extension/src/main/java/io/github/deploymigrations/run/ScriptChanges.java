package io.github.deploymigrations.run;

import io.github.deploymigrations.changelog.SchemaNote;
import io.github.deploymigrations.plan.Step;
import io.github.deploymigrations.schema.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What each script of a run changes in the schema: the difference between a look before it and one behind it. Not
 * thread-safe.
 */
final class ScriptChanges {
    /** How many tables may be read for it in a run, at about a millisecond each. */
    private static final int AFFORDABLE = 5_000;

    private final SchemaLook look;
    private final List<SchemaNote> notes = new ArrayList<>();
    private Optional<Fingerprint> before;
    private int left;
    private Optional<Step.Running> last = Optional.empty();
    private Optional<String> lastRow = Optional.empty();

    /**
     * Begins.
     *
     * @param before the run; empty where nobody wants to know
     * @param scripts of the run
     * @param betweenThem whether there is a moment between two scripts at which nothing is open
     */
    ScriptChanges(SchemaLook look, Optional<Fingerprint> before, int scripts, boolean betweenThem) {
        this.look = look;
        this.left = scripts;
        this.before = before.filter(schema ->
                scripts == 1 || (betweenThem && ((long) schema.size() + scripts) * scripts <= AFFORDABLE));
    }

    /**
     * A script is committed, or part of the transaction that is.
     *
     * @param row text of its row in the changelog; empty if it was undone
     */
    void ended(Step.Running step, Optional<String> row) {
        left--;
        last = Optional.of(step);
        lastRow = row;
        if (left > 0 && before.isPresent()) {
            before = look.now().map(this::noted);
        }
    }

    private Fingerprint noted(Fingerprint now) {
        List<String> lines = before.map(now::differenceFrom).orElse(List.of());
        if (lastRow.isPresent() && !lines.isEmpty()) {
            notes.add(new SchemaNote(
                    SchemaNote.Kind.CHANGES,
                    last.orElseThrow().id(),
                    Optional.empty(),
                    lastRow,
                    String.join("\n", lines)));
        }
        return now;
    }

    /** All of them, with what the last script changed. */
    List<SchemaNote> until(Fingerprint end) {
        noted(end);
        return List.copyOf(notes);
    }
}

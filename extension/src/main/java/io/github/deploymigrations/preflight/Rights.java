package io.github.deploymigrations.preflight;

import io.github.deploymigrations.messages.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run needs to be allowed, in the order in which it needs it.
 *
 * @param creates what is made first, and who says so; if it is sure that something is
 * @param writes the tables of which it is sure that rows are added
 */
record Rights(Optional<Creation> creates, List<String> writes) {

    /**
     * A table to be made.
     *
     * @param table as it stands in SQL
     * @param isOwn whether it is ours, and stands where the changelog does
     * @param forWhom for people
     */
    record Creation(String table, boolean isOwn, String forWhom) {}

    static Rights of(Undertaking work) {
        FirstScript first = work.first();
        Optional<Creation> creation = !work.hasHistory()
                ? Optional.of(
                        new Creation(work.history().sql(), true, work.history().sql()))
                : first.table().map(table -> new Creation(table, false, table + " of " + first.place()));
        List<String> writes = new ArrayList<>();
        // what is undone is deleted there, and comes before what is applied
        if (work.hasChangelog() && work.plan().undoes().isEmpty() && first.isPlain()) {
            writes.add(work.changelog().sql());
        }
        if (work.hasHistory() && (work.writesBeforeScripts() || first.isPlain())) {
            writes.add(work.history().sql());
        }
        return new Rights(creation, writes);
    }

    static Finding notCreating(String user, String schema, Creation creation, String grant) {
        return new Finding.Fatal(
                "the DataSource's user", Message.CREATE_RIGHT_MISSING.with(user, schema, creation.forWhom(), grant));
    }

    static Finding notWriting(String user, List<String> tables, String grant) {
        return new Finding.Fatal(
                "the DataSource's user", Message.WRITE_RIGHT_MISSING.with(user, String.join(", ", tables), grant));
    }
}

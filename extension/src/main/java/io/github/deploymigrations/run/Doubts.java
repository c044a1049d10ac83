package io.github.deploymigrations.run;

import io.github.deploymigrations.changelog.Doubt;
import io.github.deploymigrations.database.Definition;
import io.github.deploymigrations.database.Effect;
import io.github.deploymigrations.database.StatementKind;
import io.github.deploymigrations.database.TableMetaData;
import java.sql.SQLException;
import java.util.Optional;

/** Says of each statement, before it runs, what nobody will know if the process dies with it. Not thread-safe. */
final class Doubts {
    private final Session session;
    /** The table that the script has made last, if nothing but its indexes followed. */
    private Optional<NewTable> made = Optional.empty();

    Doubts(Session session) {
        this.session = session;
    }

    /** Another script begins, or something ran of which nothing is known. */
    void forget() {
        made = Optional.empty();
    }

    /**
     * What is in doubt about a statement that depends on nothing that the session knows.
     *
     * @param upToHere checksum of the script up to the statement's end
     */
    Doubt of(String sql, StatementKind kind, String upToHere) throws SQLException {
        Optional<NewTable> before = made;
        forget();
        if (StatementKind.isSeveral(sql)) {
            return new Doubt.OfSeveral();
        }
        Optional<Definition> definition = kind == StatementKind.DEFINITION ? Definition.of(sql) : Optional.empty();
        return definition.isEmpty()
                ? new Doubt.Unprovable()
                : of(definition.get(), presence(definition.get(), before), before, sql, upToHere);
    }

    private TableMetaData.Presence presence(Definition definition, Optional<NewTable> table) throws SQLException {
        return table.isPresent() && table.get().lacks(definition)
                ? TableMetaData.Presence.ABSENT
                : new TableMetaData(session.statements(), session.product(), definition.effect()).presence();
    }

    private Doubt of(
            Definition definition,
            TableMetaData.Presence presence,
            Optional<NewTable> table,
            String sql,
            String upToHere) {
        Effect effect = definition.effect();
        if (table.isPresent() && table.get().gets(definition)) {
            made = Optional.of(table.get().with(sql));
        } else if (effect.makesTable() && presence == TableMetaData.Presence.ABSENT) {
            made = Optional.of(NewTable.of(definition, sql));
        }
        boolean there = presence == TableMetaData.Presence.THERE;
        // it fails, or is about something that the metadata does not show
        boolean pointless = there == effect.comes() && !definition.ifNeeded();
        return presence == TableMetaData.Presence.UNKNOWN || pointless
                ? new Doubt.Unprovable()
                : Doubt.of(effect, there, upToHere);
    }
}

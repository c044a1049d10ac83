package io.github.deploymigrations.run;

import io.github.deploymigrations.changelog.Doubt;
import io.github.deploymigrations.database.Definition;
import io.github.deploymigrations.database.Effect;
import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.database.StatementKind;
import io.github.deploymigrations.database.TableMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says of a statement, before it runs, what nobody will know if the process dies with it. */
final class Doubts {
    private Doubts() {}

    /** What is in doubt about a statement that depends on nothing that the session knows, and about those behind it. */
    static Doubt of(Upcoming statement, Session session) throws SQLException {
        String sql = statement.sql();
        if (StatementKind.isSeveral(sql)) {
            return new Doubt.OfSeveral();
        }
        Optional<Definition> definition = definition(sql);
        if (definition.isEmpty()) {
            return new Doubt.Unprovable();
        }
        Effect effect = definition.get().effect();
        TableMetaData.Presence presence = new TableMetaData(session.statements(), session.product(), effect).presence();
        boolean there = presence == TableMetaData.Presence.THERE;
        // it fails, or is about something that the metadata does not show
        boolean pointless = there == effect.comes() && !definition.get().ifNeeded();
        if (presence == TableMetaData.Presence.UNKNOWN || pointless) {
            return new Doubt.Unprovable();
        }
        List<Doubt.Visible> visible = new ArrayList<>();
        visible.add(new Doubt.Visible(effect, there, statement.checksum()));
        if (effect.makesTable() && !there) {
            visible.addAll(indexes(NewTable.of(definition.get(), sql), statement.behind(), session.product()));
        }
        return Doubt.of(visible);
    }

    /**
     * Those that the statements right behind it make on a new table: nobody has to ask the database whether they are there.
     * One that is made only if needed may do nothing, for an index of another table; it is told of by itself.
     */
    private static List<Doubt.Visible> indexes(NewTable made, Optional<Upcoming> behind, Product product) {
        List<Doubt.Visible> indexes = new ArrayList<>();
        NewTable table = made;
        for (Optional<Upcoming> next = behind;
                next.isPresent();
                next = next.get().behind()) {
            String sql = next.get().sql();
            Optional<Definition> index = definition(sql);
            boolean isAbsent = index.isPresent()
                    && !index.get().ifNeeded()
                    && table.lacks(index.get())
                    && TableMetaData.tells(index.get().effect(), product);
            if (!isAbsent) {
                break;
            }
            indexes.add(
                    new Doubt.Visible(index.get().effect(), false, next.get().checksum()).shortened());
            table = table.with(sql);
        }
        return indexes;
    }

    private static Optional<Definition> definition(String sql) {
        return StatementKind.of(sql) == StatementKind.DEFINITION ? Definition.of(sql) : Optional.empty();
    }
}

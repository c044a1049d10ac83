package io.github.deploymigrations.run;

import io.github.deploymigrations.database.Effect;
import io.github.deploymigrations.database.TableMetaData;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks whether the tables are there that the settings require. Asks the metadata, which waits for no table's lock. */
final class RequiredTables {
    private final List<TableName> required;
    private final Session session;

    RequiredTables(List<TableName> required, Session session) {
        this.required = required;
        this.session = session;
    }

    /** What a person is told of those that are missing; empty if none is. */
    Optional<Explanation> missing() throws SQLException {
        List<TableName> missing = new ArrayList<>();
        for (TableName table : required) {
            if (!isThere(table)) {
                missing.add(table);
            }
        }
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String names = missing.stream().map(TableName::sql).collect(Collectors.joining(", "));
        return Optional.of(Message.REQUIRED_TABLES_MISSING.with(missing.size(), names));
    }

    private boolean isThere(TableName table) throws SQLException {
        Effect effect = new Effect(Effect.Thing.TABLE, true, table.sql(), "", Optional.empty());
        return new TableMetaData(session.connection(), session.product(), effect).presence()
                == TableMetaData.Presence.THERE;
    }
}

package io.github.deploymigrations.schema;

import java.sql.SQLException;
import java.util.List;

/** The keys and indexes of the tables of a schema. */
interface Keys {
    /** Of one table, by its name as it is stored; none if it has none. */
    List<SchemaItem> of(String table) throws SQLException;
}

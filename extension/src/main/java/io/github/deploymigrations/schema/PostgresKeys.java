package io.github.deploymigrations.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's keys and indexes, all at once and in its own words. By the driver's metadata (42.7) they are three queries a
 * table, which on a catalog that was not analyzed yet take 20 ms each table, where these two take as much for fifty.
 */
final class PostgresKeys implements Keys {
    private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[^\"(). ]+)";
    private static final String LIST = "(\\((?:\"(?:[^\"]|\"\")+\"|[^\")])*\\))";
    private static final Pattern PRIMARY = Pattern.compile("PRIMARY KEY " + LIST + "(.*)", Pattern.DOTALL);
    private static final Pattern FOREIGN = Pattern.compile(
            "FOREIGN KEY " + LIST + " REFERENCES (?:" + NAME + "\\.)?" + NAME + LIST + "(.*)", Pattern.DOTALL);
    private static final Pattern INDEX = Pattern.compile(".*? USING (?:btree )?(.*)", Pattern.DOTALL);

    /** A foreign key to a partitioned table has one of its own for each partition, which come and go (12 and newer). */
    private static final String NOT_OF_A_PARTITION = " and not exists (select 1 from pg_catalog.pg_constraint whole"
            + " where whole.oid = c.conparentid and whole.conrelid = c.conrelid)";

    private final Map<String, List<SchemaItem>> items = new HashMap<>();

    PostgresKeys(Connection connection, String schema, Spelling spelling) throws SQLException {
        String tables = " join pg_catalog.pg_namespace n on n.oid = t.relnamespace and n.nspname = ?";
        String whole = connection.getMetaData().getDatabaseMajorVersion() < 12 ? "" : NOT_OF_A_PARTITION;
        try (PreparedStatement query = connection.prepareStatement(
                "select t.relname, pg_catalog.pg_get_constraintdef(c.oid), fn.nspname, f.relname"
                        + " from pg_catalog.pg_constraint c join pg_catalog.pg_class t on t.oid = c.conrelid" + tables
                        + " left join pg_catalog.pg_class f on f.oid = c.confrelid"
                        + " left join pg_catalog.pg_namespace fn on fn.oid = f.relnamespace"
                        + " where c.contype in ('p', 'f')" + whole)) {
            query.setString(1, schema);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String place = rows.getString(3);
                    // the definition has the schema or not, as the search path of the moment would find it
                    String target = place == null
                            ? ""
                            : (place.equals(schema) ? "" : spelling.name(place) + ".")
                                    + spelling.name(rows.getString(4));
                    add(rows.getString(1), key(rows.getString(2), target));
                }
            }
        }
        try (PreparedStatement query = connection.prepareStatement(
                "select t.relname, i.relname, x.indisunique, x.indisvalid, pg_catalog.pg_get_indexdef(i.oid)"
                        + " from pg_catalog.pg_index x join pg_catalog.pg_class i on i.oid = x.indexrelid"
                        + " join pg_catalog.pg_class t on t.oid = x.indrelid" + tables + " where not x.indisprimary")) {
            query.setString(1, schema);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String unique = rows.getBoolean(3) ? "unique " : "";
                    String invalid = rows.getBoolean(4) ? "" : " invalid";
                    Matcher definition = INDEX.matcher(rows.getString(5));
                    String what = definition.matches() ? definition.group(1) : rows.getString(5);
                    add(
                            rows.getString(1),
                            new SchemaItem(
                                    SchemaItem.Kind.INDEX,
                                    spelling.name(rows.getString(2)),
                                    unique + Spelling.oneLine(what) + invalid));
                }
            }
        }
    }

    private void add(String table, SchemaItem item) {
        items.computeIfAbsent(table, some -> new ArrayList<>()).add(item);
    }

    private static SchemaItem key(String definition, String target) {
        Matcher primary = PRIMARY.matcher(definition);
        if (primary.matches()) {
            return new SchemaItem(
                    SchemaItem.Kind.PRIMARY_KEY, Spelling.oneLine(primary.group(1)), words(primary.group(2)));
        }
        Matcher foreign = FOREIGN.matcher(definition);
        return foreign.matches()
                ? new SchemaItem(
                        SchemaItem.Kind.FOREIGN_KEY,
                        Spelling.oneLine(foreign.group(1) + " -> " + target + " " + foreign.group(2)),
                        words(foreign.group(3)))
                : new SchemaItem(SchemaItem.Kind.FOREIGN_KEY, "(" + Spelling.oneLine(definition) + ")", "");
    }

    private static String words(String rest) {
        return Spelling.oneLine(rest.strip().toLowerCase(Locale.ROOT));
    }

    @Override
    public List<SchemaItem> of(String table) {
        return items.getOrDefault(table, List.of());
    }
}

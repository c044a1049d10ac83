package io.github.deploymigrations.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the database's metadata says of the one table that a definition is about. Not thread-safe. */
public final class TableMetaData {

    /** Whether something is there. */
    public enum Presence {
        THERE,
        ABSENT,
        /** The metadata does not tell, or what the thing would be part of is not there itself. */
        UNKNOWN
    }

    private static final String NAMED_TABLE = "select DB_OBJECT_ID('TABLE', coalesce(?, current_schema), ?)";
    private static final String NAMED_INDEX = NAMED_TABLE + ", DB_OBJECT_ID('INDEX', coalesce(?, current_schema), ?)";

    private final RepeatedStatements statements;
    private final Connection connection;
    private final DatabaseMetaData metaData;
    private final Product product;
    private final Effect effect;
    private final Optional<String> qualifier;
    private final String table;

    /** @param effect of a definition that is to run, or did, on this connection */
    public TableMetaData(Connection connection, Product product, Effect effect) throws SQLException {
        this(RepeatedStatements.once(connection), product, effect);
    }

    /** The same for one of many. */
    public TableMetaData(RepeatedStatements statements, Product product, Effect effect) throws SQLException {
        this.statements = statements;
        this.connection = statements.connection();
        this.metaData = connection.getMetaData();
        this.product = product;
        this.effect = effect;
        String name = effect.table();
        int dot = dot(name);
        String qualifier = dot < 0 ? null : stored(name.substring(0, dot));
        this.table = stored(name.substring(dot + 1));
        this.qualifier = Optional.ofNullable(qualifier);
    }

    private String catalog() throws SQLException {
        return product.hasCatalogs() && qualifier.isPresent() ? qualifier.get() : connection.getCatalog();
    }

    private String schema() throws SQLException {
        if (product.hasCatalogs()) {
            return null;
        }
        return qualifier.isPresent() ? qualifier.get() : connection.getSchema();
    }

    private static int dot(String name) {
        char first = name.charAt(0);
        int from = first == '"' || first == '`' ? name.indexOf(first, 1) : 0;
        return name.indexOf('.', Math.max(0, from));
    }

    /** A part of a name as the database stores it. */
    private String stored(String part) throws SQLException {
        char first = part.charAt(0);
        if (first == '"' || first == '`') {
            return part.substring(1, part.length() - 1);
        }
        return metaData.storesUpperCaseIdentifiers()
                ? part.toUpperCase(Locale.ROOT)
                : metaData.storesLowerCaseIdentifiers() ? part.toLowerCase(Locale.ROOT) : part;
    }

    /** Whether that which comes or goes is there now. */
    public Presence presence() throws SQLException {
        // whoever knows such quotes by a mode only has rules of its own for what is between them (H2 2.4)
        boolean foreignQuotes = (effect.table() + effect.name()).contains("`") && !product.hasCatalogs();
        if (foreignQuotes) {
            return Presence.UNKNOWN;
        }
        if (product == Product.H2 && effect.thing() != Effect.Thing.COLUMN) {
            Optional<Presence> named = ofNamed();
            if (named.isPresent()) {
                return named.get();
            }
        }
        if (product.hasSchemas() && (product.hasCatalogs() ? catalog() : schema()) == null) {
            return Presence.UNKNOWN;
        }
        if (effect.thing() == Effect.Thing.TABLE) {
            return ofTable();
        }
        List<String> parts = effect.thing() == Effect.Thing.COLUMN ? columns() : indexes();
        // what has a part is there: one question less, of which each costs MariaDB nearly as much as a definition
        return !parts.isEmpty() || ofTable() == Presence.THERE
                ? among(parts, stored(effect.name()), product.ignoresCase())
                : Presence.UNKNOWN;
    }

    private Presence ofTable() throws SQLException {
        return among(tables(), table, !product.hasSchemas());
    }

    /**
     * H2 tells what has a name: its getTables looks at each table of the schema (2.4), and a run that makes thousands asks
     * for each of them. An index of that name may be another table's; empty then, and in a version without that function.
     */
    private Optional<Presence> ofNamed() throws SQLException {
        boolean ofIndex = effect.thing() == Effect.Thing.INDEX;
        try {
            return statements.with(ofIndex ? NAMED_INDEX : NAMED_TABLE, query -> ofNamed(query, ofIndex));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private Optional<Presence> ofNamed(PreparedStatement query, boolean ofIndex) throws SQLException {
        query.setString(1, qualifier.orElse(null));
        query.setString(2, table);
        if (ofIndex) {
            query.setString(3, qualifier.orElse(null));
            query.setString(4, stored(effect.name()));
        }
        try (ResultSet row = query.executeQuery()) {
            row.next();
            boolean there = row.getString(1) != null;
            if (!ofIndex) {
                return Optional.of(there ? Presence.THERE : Presence.ABSENT);
            }
            boolean taken = row.getString(2) != null;
            return taken ? Optional.empty() : Optional.of(there ? Presence.ABSENT : Presence.UNKNOWN);
        }
    }

    /** Whether a table that is there has the columns that the statement gives it, as far as both are known. */
    public boolean hasItsColumns() throws SQLException {
        return effect.columns().isEmpty() || effect.columns().get().equals(ColumnNames.fingerprint(columns()));
    }

    private static Presence among(List<String> names, String wanted, boolean ignoringCase) {
        if (names.contains(wanted)) {
            return Presence.THERE;
        }
        boolean similar = names.stream().anyMatch(wanted::equalsIgnoreCase);
        return !similar ? Presence.ABSENT : ignoringCase ? Presence.THERE : Presence.UNKNOWN;
    }

    private List<String> tables() throws SQLException {
        return found(
                "TABLES", "TABLE_NAME", () -> metaData.getTables(catalog(), escaped(schema()), escaped(table), null));
    }

    private List<String> columns() throws SQLException {
        return found(
                "COLUMNS",
                "COLUMN_NAME",
                () -> metaData.getColumns(catalog(), escaped(schema()), escaped(table), null));
    }

    private List<String> indexes() throws SQLException {
        return found("STATISTICS", "INDEX_NAME", () -> metaData.getIndexInfo(catalog(), schema(), table, false, true));
    }

    /** A question to the driver. */
    @FunctionalInterface
    private interface Question {
        ResultSet ask() throws SQLException;
    }

    /**
     * The names of what is found of the table.
     *
     * @param view of MariaDB's and MySQL's information schema, which answers at once if asked for one table alone, where
     *     the driver's question for columns takes 2 ms among 1,000 tables (MariaDB 11.4)
     */
    private List<String> found(String view, String column, Question question) throws SQLException {
        if (!product.hasCatalogs()) {
            return names(question.ask(), column);
        }
        try (PreparedStatement query = connection.prepareStatement("select TABLE_NAME, " + column
                + " from information_schema." + view + " where TABLE_SCHEMA=? and TABLE_NAME=?")) {
            query.setString(1, catalog());
            query.setString(2, table);
            return names(query.executeQuery(), column);
        }
    }

    /** Those of a table with a similar name, which a driver may find as well, do not count where the table itself is not meant. */
    private List<String> names(ResultSet rows, String column) throws SQLException {
        List<String> names = new ArrayList<>();
        try (rows) {
            while (rows.next()) {
                String of = rows.getString("TABLE_NAME");
                String name = rows.getString(column);
                boolean counts = column.equals("TABLE_NAME")
                        || (product.hasSchemas() ? table.equals(of) : table.equalsIgnoreCase(of));
                if (name != null && counts) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private String escaped(String name) throws SQLException {
        String escape = metaData.getSearchStringEscape();
        return name == null
                ? null
                : name.replace(escape, escape + escape)
                        .replace("_", escape + "_")
                        .replace("%", escape + "%");
    }
}

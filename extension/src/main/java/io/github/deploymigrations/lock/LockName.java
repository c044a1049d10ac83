package io.github.deploymigrations.lock;

import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.database.Query;
import io.github.deploymigrations.settings.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one name of a changelog, however it is written: database, schema and table as the database stores them. An
 * unquoted part is in the database's case (PostgreSQL: small), a quoted one as it is, and where case means nothing both
 * are small; a missing schema is the one that the connection is in, or the one where the table is found.
 */
record LockName(String database, String schema, String table) {
    private static final Pattern PART =
            Pattern.compile("\"((?:[^\"]|\"\")+)\"|`((?:[^`]|``)+)`|\\[([^\\]]+)\\]|([^.]+)");

    static LockName of(TableName changelog, Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        Product product = Product.of(connection);
        Matcher parts = PART.matcher(changelog.sql());
        parts.find();
        String first = stored(parts, metaData);
        Optional<String> second = parts.find() ? Optional.of(stored(parts, metaData)) : Optional.empty();
        String table = second.orElse(first);
        String catalog = text(connection.getCatalog());
        if (product.hasCatalogs()) {
            return new LockName(second.isPresent() ? first : catalog, "", table);
        }
        String schema = second.isPresent() ? first : home(changelog, product, connection);
        return new LockName(catalog, schema, table);
    }

    /** PostgreSQL finds a table anywhere on its search path, and makes a new one in the path's first schema. */
    private static String home(TableName changelog, Product product, Connection connection) throws SQLException {
        if (product.hasSearchPath()) {
            Optional<List<String>> found = Query.row(
                    connection,
                    "select n.nspname from pg_catalog.pg_class c join pg_catalog.pg_namespace n"
                            + " on n.oid = c.relnamespace where c.oid = pg_catalog.to_regclass(?)",
                    changelog.sql());
            if (found.isPresent()) {
                return found.get().get(0);
            }
        }
        return text(connection.getSchema());
    }

    private static String stored(Matcher part, DatabaseMetaData metaData) throws SQLException {
        if (part.group(4) != null) {
            return metaData.storesUpperCaseIdentifiers()
                    ? part.group(4).toUpperCase(Locale.ROOT)
                    : metaData.supportsMixedCaseIdentifiers()
                            ? part.group(4)
                            : part.group(4).toLowerCase(Locale.ROOT);
        }
        String quoted = quoted(part).replace("\"\"", "\"").replace("``", "`");
        return metaData.supportsMixedCaseQuotedIdentifiers() ? quoted : quoted.toLowerCase(Locale.ROOT);
    }

    private static String quoted(Matcher part) {
        return part.group(1) != null ? part.group(1) : part.group(2) != null ? part.group(2) : part.group(3);
    }

    private static String text(String nullable) {
        return nullable == null ? "" : nullable;
    }

    /** Whether it is the same; a record's {@code equals} takes a JVM 43 ms at its first use (Java 17). */
    boolean isSameAs(LockName other) {
        return text().equals(other.text());
    }

    /** The first eight bytes of the hash: stable over versions, nodes and platforms. */
    long number() {
        return Long.parseUnsignedLong(hash().substring(0, 16), 16);
    }

    /** Short enough for MySQL, whose names have at most 64 characters, and without letters that have two cases. */
    String text() {
        return "mybatis-migrations-" + hash().substring(0, 32);
    }

    private String hash() {
        try {
            String whole = "mybatis-migrations\0" + database + "\0" + schema + "\0" + table;
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

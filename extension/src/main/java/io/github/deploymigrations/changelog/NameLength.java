package io.github.deploymigrations.changelog;

import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.TableName;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Whether a database takes the name of a table as a whole. PostgreSQL (14) cuts a longer one with no more than a notice:
 * the history of one changelog would be that of another, or the changelog itself.
 */
final class NameLength {
    /** Oracle's until 12.1, the shortest: pgjdbc (42.7) asks the database for its own. */
    private static final int FITS_EVERYWHERE = 30;

    private NameLength() {}

    static Optional<Explanation> problem(TableName table, Product product, Connection connection) throws SQLException {
        boolean bytes = product.countsNamesInBytes();
        String name = table.bare();
        int length = bytes ? name.getBytes(StandardCharsets.UTF_8).length : name.codePointCount(0, name.length());
        if (length <= FITS_EVERYWHERE) {
            return Optional.empty();
        }
        int longest = connection.getMetaData().getMaxTableNameLength();
        return longest == 0 || length <= longest
                ? Optional.empty()
                : Optional.of(Message.NAME_TOO_LONG.with(table, length, bytes ? "bytes" : "letters", longest));
    }
}

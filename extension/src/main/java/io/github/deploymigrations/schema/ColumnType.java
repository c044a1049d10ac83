package io.github.deploymigrations.schema;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The type of a column in a few words, from its row of {@code DatabaseMetaData.getColumns}. */
final class ColumnType {
    private static final Set<Integer> SIZED =
            Set.of(Types.CHAR, Types.VARCHAR, Types.NCHAR, Types.NVARCHAR, Types.BINARY, Types.VARBINARY);
    private static final Set<Integer> TIMES =
            Set.of(Types.TIME, Types.TIME_WITH_TIMEZONE, Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE);
    private static final Set<Integer> DECIMALS = Set.of(Types.DECIMAL, Types.NUMERIC);

    /** What drivers say for a length that nobody gave. */
    private static final int UNLIMITED = 1_000_000_000;

    /** PostgreSQL's driver (42.7) tells by the default whether a number is a serial; the type is the same. */
    private static final Map<String, String> SAME =
            Map.of("smallserial", "int2", "serial", "int4", "bigserial", "int8");

    private ColumnType() {}

    static String of(ResultSet column) throws SQLException {
        String name = Optional.ofNullable(column.getString("TYPE_NAME"))
                .orElse("unknown")
                .toLowerCase(Locale.ROOT);
        int type = column.getInt("DATA_TYPE");
        int size = column.getInt("COLUMN_SIZE");
        int digits = column.getInt("DECIMAL_DIGITS");
        boolean known = !column.wasNull();
        String length = "";
        if (SIZED.contains(type) && size > 0 && size < UNLIMITED) {
            length = "(" + size + ")";
        } else if (DECIMALS.contains(type) && size > 0) {
            length = "(" + size + "," + digits + ")";
        } else if (TIMES.contains(type) && known) {
            length = "(" + digits + ")";
        }
        return Spelling.oneLine(SAME.getOrDefault(name, name)) + length;
    }
}

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

    /** Types of time, and how many letters they have before fractions of a second. */
    private static final Map<Integer, Integer> TIMES =
            Map.of(Types.TIME, 9, Types.TIME_WITH_TIMEZONE, 15, Types.TIMESTAMP, 20, Types.TIMESTAMP_WITH_TIMEZONE, 26);

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
        } else if (type == Types.BIT && size > 1) {
            length = "(" + size + ")";
        } else if (TIMES.containsKey(type)) {
            // MariaDB's and HSQLDB's drivers tell the letters alone, a point before the fractions included
            int fractions = known ? digits : Math.max(0, size - TIMES.get(type));
            length = known || fractions > 0 ? "(" + fractions + ")" : "";
        }
        return Spelling.oneLine(SAME.getOrDefault(name, name)) + length;
    }
}

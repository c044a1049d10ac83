package io.github.deploymigrations.schema;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names as SQL would have them on one database: without quotes and in small letters where it would find them so. */
final class Spelling {
    private static final Pattern UPPER = Pattern.compile("[A-Z_][A-Z0-9_$]*");
    private static final Pattern LOWER = Pattern.compile("[a-z_][a-z0-9_$]*");
    private static final Pattern MIXED = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|[\\u2028\\u2029\\\\]");

    private final Pattern plain;

    Spelling(DatabaseMetaData metaData) throws SQLException {
        this.plain =
                metaData.storesUpperCaseIdentifiers() ? UPPER : metaData.storesLowerCaseIdentifiers() ? LOWER : MIXED;
    }

    /** A name as the database stores it. */
    String name(String stored) {
        return isPlain(stored) ? plain(stored) : '"' + oneLine(stored.replace("\"", "\"\"")) + '"';
    }

    /** A column of an index, or what stands in the place of one. */
    String expression(String stored) {
        return isPlain(stored) ? plain(stored) : oneLine(stored);
    }

    private boolean isPlain(String stored) {
        return plain.matcher(stored).matches();
    }

    private String plain(String stored) {
        return plain == UPPER ? stored.toLowerCase(Locale.ROOT) : stored;
    }

    /** Without what would end a line or divide it. */
    static String oneLine(String text) {
        return CONTROL.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(String.format(
                        Locale.ROOT, "\\u%04x", (int) found.group().charAt(0))));
    }
}

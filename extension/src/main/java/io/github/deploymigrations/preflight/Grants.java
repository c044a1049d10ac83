package io.github.deploymigrations.preflight;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user of MariaDB may do: SHOW GRANTS has his own rights, those of the role that he is in and those of PUBLIC, which
 * the tables of information_schema lack (11.4). It has a password's hash as well, which stays here.
 */
final class Grants {
    private static final Pattern GRANT = Pattern.compile("(?is)GRANT (.+) ON (\\S.*?) TO .*");
    private static final Pattern OBJECT = Pattern.compile("(?:`((?:[^`]|``)+)`|\\*)\\.(?:`((?:[^`]|``)+)`|\\*)");

    private final List<Grant> grants = new ArrayList<>();
    private boolean certain = true;

    /** @param schema and table for which it holds, as patterns */
    private record Grant(String privileges, Pattern schema, Pattern table, boolean global) {}

    private Grants() {}

    static Grants of(Connection connection) throws SQLException {
        Grants grants = new Grants();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show grants")) {
            while (rows.next()) {
                grants.add(rows.getString(1));
            }
        }
        return grants;
    }

    private void add(String line) {
        Matcher grant = GRANT.matcher(line);
        if (!grant.matches()) {
            // a role, which has rights of its own
            certain = false;
            return;
        }
        String on = grant.group(2);
        if (on.startsWith("FUNCTION ") || on.startsWith("PROCEDURE ") || on.startsWith("PACKAGE ")) {
            return;
        }
        Matcher object = OBJECT.matcher(on);
        if (!object.matches()) {
            certain = false;
            return;
        }
        boolean whole = object.group(2) == null;
        grants.add(new Grant(
                ", " + grant.group(1).toUpperCase(Locale.ROOT) + ",",
                object.group(1) == null ? Pattern.compile(".*") : whole ? like(object.group(1)) : is(object.group(1)),
                whole ? Pattern.compile(".*", Pattern.DOTALL) : is(object.group(2)),
                object.group(1) == null));
    }

    private static Pattern is(String name) {
        return Pattern.compile(Pattern.quote(name.replace("``", "`")), Pattern.CASE_INSENSITIVE);
    }

    /** The name of a database in a grant is a pattern of LIKE. */
    private static Pattern like(String name) {
        StringBuilder pattern = new StringBuilder();
        String text = name.replace("``", "`");
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            boolean escaped = letter == '\\' && at + 1 < text.length();
            if (escaped) {
                pattern.append(Pattern.quote(String.valueOf(text.charAt(++at))));
            } else {
                pattern.append(letter == '%' ? ".*" : letter == '_' ? "." : Pattern.quote(String.valueOf(letter)));
            }
        }
        return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** Whether nothing is missing: the rights of roles are not looked at. */
    boolean areCertain() {
        return certain;
    }

    /** Whether the privilege is his on this table, or on some of its columns. */
    boolean allow(String privilege, String schema, String table) {
        return grants.stream()
                .anyMatch(grant -> has(grant, privilege)
                        && grant.schema().matcher(schema).matches()
                        && grant.table().matcher(table).matches());
    }

    /** Whether the privilege, which is of the whole server, is his. */
    boolean allow(String privilege) {
        return grants.stream().anyMatch(grant -> grant.global() && has(grant, privilege));
    }

    private static boolean has(Grant grant, String privilege) {
        return grant.privileges().contains(", ALL PRIVILEGES,")
                || grant.privileges().contains(", " + privilege + ",")
                || grant.privileges().contains(", " + privilege + " (");
    }
}

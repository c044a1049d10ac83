package io.github.deploymigrations.preflight;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user of MariaDB may do on the whole server. SHOW GRANTS has a password's hash as well, which stays here. For what
 * he may do in a database it is no proof: rights of accounts on other hosts count there, and it lacks them (11.4).
 */
final class GlobalRights {
    private static final Pattern GLOBAL = Pattern.compile("(?is)GRANT (.+) ON \\*\\.\\* TO .*");
    private static final Pattern OF_SOMETHING = Pattern.compile("(?is)GRANT .+ ON .+ TO .*");

    private final List<String> privileges = new ArrayList<>();
    private boolean certain = true;

    private GlobalRights() {}

    static GlobalRights of(Connection connection) throws SQLException {
        GlobalRights rights = new GlobalRights();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show grants")) {
            while (rows.next()) {
                rights.add(rows.getString(1));
            }
        }
        return rights;
    }

    private void add(String line) {
        Matcher global = GLOBAL.matcher(line);
        if (global.matches()) {
            privileges.addAll(
                    Arrays.asList(global.group(1).toUpperCase(Locale.ROOT).split(", ", -1)));
        } else {
            // a role has rights of its own, which are not looked at
            certain &= OF_SOMETHING.matcher(line).matches();
        }
    }

    /** Whether one of them is his, or nobody can tell. */
    boolean mayHave(String... wanted) {
        return !certain
                || privileges.contains("ALL PRIVILEGES")
                || Arrays.stream(wanted).anyMatch(privileges::contains);
    }
}

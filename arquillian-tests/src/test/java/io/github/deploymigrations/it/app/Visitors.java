package io.github.deploymigrations.it.app;

import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** The table {@code visitor}, in which whoever starts with the application leaves a row. */
public final class Visitors {
    private Visitors() {}

    @SuppressWarnings("BanJNDI") // the name is the application's own
    static void add(String name) {
        try {
            DataSource dataSource = InitialContext.doLookup("java:comp/env/jdbc/visitors");
            try (var connection = dataSource.getConnection();
                    var insert = connection.prepareStatement("INSERT INTO visitor VALUES (?)")) {
                insert.setString(1, name);
                insert.executeUpdate();
            }
        } catch (NamingException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

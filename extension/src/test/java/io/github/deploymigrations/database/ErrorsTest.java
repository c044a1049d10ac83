package io.github.deploymigrations.database;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "no route: jdbc:postgresql://scott:hunter2@host/db",
                "no route: jdbc:oracle:thin:scott/hunter2@host:1521/db",
                "no route: jdbc:mariadb://host/db?user=scott&password=hunter2",
                "no route: jdbc:h2:tcp://host/db;USER=scott;PASSWORD=hunter2",
                "login failed, password=hunter2"
            })
    void a_password_in_a_drivers_text_is_never_shown(String text) {
        assertFalse(Errors.masked(text).contains("hunter2"), Errors.masked(text));
    }

    @Test
    void SQLite_says_in_its_text_alone_that_somebody_else_writes() {
        String text = "[SQLITE_BUSY] The database file is locked (database is locked)";
        assertTrue(Errors.isTransient(new SQLException(text, null, 5)));
        assertFalse(Errors.isTransient(new SQLException("[SQLITE_CONSTRAINT_UNIQUE] A UNIQUE constraint", null, 19)));
    }
}

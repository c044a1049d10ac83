package io.github.deploymigrations.database;

import static org.junit.jupiter.api.Assertions.assertFalse;

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
}

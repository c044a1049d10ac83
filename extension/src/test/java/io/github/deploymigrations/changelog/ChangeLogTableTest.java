package io.github.deploymigrations.changelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.settings.TableName;
import io.github.deploymigrations.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeLogTableTest {
    private final TestDatabase database = new TestDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    private ChangeLog read(String name) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return new ChangeLogTable(new TableName(name), Product.of(connection)).read(connection);
        }
    }

    private String unreadable() throws SQLException {
        return assertInstanceOf(ChangeLog.Unreadable.class, read("CHANGELOG"))
                .explanation()
                .code();
    }

    @Test
    void no_table_and_no_schema_are_an_absent_changelog() throws SQLException {
        assertEquals(new ChangeLog.Absent(), read("CHANGELOG"));
        database.execute("create table other (id int)");
        assertEquals(new ChangeLog.Absent(), read("changelo"));
        assertEquals(new ChangeLog.Absent(), read("nowhere.CHANGELOG"));
    }

    @Test
    void a_table_that_the_user_may_not_read_or_that_is_another_is_unreadable() throws SQLException {
        database.execute("create table CHANGELOG (ID int)");
        assertEquals("MIGR-307", unreadable());
    }

    @Test
    void fractions_and_doubles_of_ids_are_unreadable() throws SQLException {
        database.execute(
                "create table CHANGELOG (ID numeric(20,2), APPLIED_AT varchar(25), DESCRIPTION varchar(255))",
                "insert into CHANGELOG values (1.5, 'x', 'y')");
        assertEquals("MIGR-308", unreadable());
        database.execute("delete from CHANGELOG", "insert into CHANGELOG values (1, 'x', 'y'), (1, 'x', 'y')");
        assertEquals("MIGR-309", unreadable());
        database.execute("delete from CHANGELOG", "insert into CHANGELOG values (null, 'x', 'y')");
        assertEquals("MIGR-308", unreadable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"CHANGELOG", "changelog", "PUBLIC.changes", "\"My Log\"", "\"My.Log\"", "public.\"a\"\"b\""})
    void a_table_is_created_and_found_by_any_name_that_the_user_may_write(String name) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            ChangeLogTable table = new ChangeLogTable(new TableName(name), Product.of(connection));
            table.createIfAbsent(connection, () -> {});
            table.createIfAbsent(connection, () -> {});
        }
        assertEquals(
                0,
                assertInstanceOf(ChangeLog.Present.class, read(name)).applied().size());
    }
}

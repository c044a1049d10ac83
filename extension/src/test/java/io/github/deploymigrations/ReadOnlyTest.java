package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import io.github.deploymigrations.testing.UrlDataSource;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that takes no changes: a replica, or one that its administrator has closed. */
class ReadOnlyTest {
    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder).table("1", "a");
    }

    private Migrations of(DataSource dataSource) {
        return Migrations.of(dataSource).with("location", repository.location());
    }

    /** Everything that only reads works; a pending script is refused with these codes, with a history and without. */
    private void assertOnlyRead(DataSource readOnly, String code) {
        assertEquals(MigrationStatus.UP_TO_DATE, of(readOnly).validate().status());
        assertEquals(MigrationStatus.UP_TO_DATE, of(readOnly).status().status());
        assertEquals(MigrationStatus.UP_TO_DATE, of(readOnly).migrate().status());
        repository.table("2", "b");
        assertEquals(MigrationStatus.PENDING, of(readOnly).status().status());
        MigrationException thrown =
                assertThrows(MigrationException.class, () -> of(readOnly).migrate());
        assertEquals(code, thrown.failure().explanation().code(), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("read-only"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("primary, not a replica"), thrown.getMessage());
    }

    @Test
    void PostgreSQL_with_default_transaction_read_only() {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            of(database.dataSource()).migrate();
            String name = database.url().replaceFirst(".*/", "");
            database.execute("alter database " + name + " set default_transaction_read_only = on");
            assertOnlyRead(database.dataSource(), "MIGR-315");
            // a query may set it back, so that only the statement can tell
            repository.script("2_create_b.sql", "select 1;\ncreate table b (id int);\n");
            assertEquals(
                    "MIGR-517",
                    assertThrows(
                                    MigrationException.class,
                                    () -> of(database.dataSource()).migrate())
                            .failure()
                            .explanation()
                            .code());
            database.execute("set default_transaction_read_only = off", "drop table CHANGELOG_HISTORY");
            MigrationException thrown = assertThrows(
                    MigrationException.class, () -> of(database.dataSource()).migrate());
            assertEquals("MIGR-315", thrown.failure().explanation().code(), thrown.getMessage());
            database.execute(
                    "set default_transaction_read_only = off",
                    "alter database " + name + " reset default_transaction_read_only");
            assertEquals(List.of("1"), database.changelog());
            of(database.dataSource()).migrate();
            assertEquals(List.of("1", "2"), database.changelog());
        }
    }

    @Test
    void H2_with_ACCESS_MODE_DATA(@TempDir Path files) {
        String url = "jdbc:h2:file:" + files + "/db";
        of(new UrlDataSource(url, "sa", "")).migrate();
        assertOnlyRead(new UrlDataSource(url + ";ACCESS_MODE_DATA=r", "sa", ""), "MIGR-315");
        assertEquals(
                List.of("2"),
                of(new UrlDataSource(url, "sa", "")).migrate().appliedNow().keySet().stream()
                        .map(RevisionId::toString)
                        .toList());
    }

    @Test
    void MariaDB_with_read_only_and_a_user_who_is_bound_by_it() {
        try (TestDatabase database = TestServer.MARIADB.fresh()) {
            of(database.dataSource()).migrate();
            String name = database.url().replaceFirst(".*/", "").replaceFirst("\\?.*", "");
            database.execute(
                    "create user bound_user@localhost identified by 'secret'",
                    "grant all on " + name + ".* to bound_user@localhost");
            database.execute("set global read_only = 1");
            try {
                DataSource bound = new UrlDataSource(database.url(), "bound_user", "secret");
                assertOnlyRead(bound, "MIGR-315");
                // which may go past it, so that only the statement can tell
                database.execute("create role some_role", "grant some_role to bound_user@localhost");
                MigrationException thrown =
                        assertThrows(MigrationException.class, () -> of(bound).migrate());
                assertEquals("MIGR-517", thrown.failure().explanation().code(), thrown.getMessage());
            } finally {
                database.execute("set global read_only = 0", "drop user bound_user@localhost", "drop role some_role");
            }
            assertEquals(List.of("1"), database.changelog());
            of(database.dataSource()).migrate();
            assertEquals(List.of("1", "2"), database.changelog());
        }
    }
}

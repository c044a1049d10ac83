package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import io.github.deploymigrations.testing.UrlDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of a few megabytes gets full, and larger. Needs the right to mount one; left out without it. */
class FullDiskTest {
    private static final int ROWS = 12_000;

    private TestRepository repository;
    private Path disk;

    @BeforeEach
    void disk(@TempDir Path folder) throws Exception {
        disk = Files.createTempDirectory("migrations-disk");
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=6m,mode=777", "tmpfs", disk.toString()), "may not mount");
        StringBuilder rows = new StringBuilder();
        for (int row = 1; row <= ROWS; row++) {
            rows.append("insert into a values (").append(row).append(", '").append(row);
            rows.append("x".repeat(900)).append("');\n");
        }
        repository = new TestRepository(folder).script("2_rows.sql", rows.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
        Files.deleteIfExists(disk);
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    private void makeRoom() throws IOException, InterruptedException {
        assertTrue(run("mount", "-o", "remount,size=200m", disk.toString()));
    }

    private Migrations of(DataSource dataSource) {
        return Migrations.of(dataSource).with("location", repository.location());
    }

    private void assertTold(DataSource dataSource) {
        MigrationException thrown =
                assertThrows(MigrationException.class, () -> of(dataSource).migrate());
        assertEquals("MIGR-518", thrown.failure().explanation().code(), thrown.getMessage());
        FailedStatement statement = thrown.failure().statement().orElseThrow();
        assertTrue(statement.text().startsWith("insert into a values (" + statement.number() + ","), statement.text());
        assertTrue(statement.line() == statement.number() && statement.number() > 100, statement.toString());
        assertTrue(thrown.getMessage().contains("Make room"), thrown.getMessage());
    }

    @Test
    void PostgreSQL_with_a_full_tablespace() throws Exception {
        repository.script("1_a.sql", "create table a (id int primary key, t varchar(1000)) tablespace full_disk;\n");
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            database.execute("create tablespace full_disk location '" + disk + "'");
            try {
                assertTold(database.dataSource());
                assertEquals(List.of("1"), database.changelog());
                makeRoom();
                of(database.dataSource()).migrate();
                assertEquals(List.of(ROWS + "|" + ROWS), database.query("select count(*), max(id) from a"));
            } finally {
                database.execute("drop table if exists a", "drop tablespace full_disk");
            }
        }
    }

    @Test
    void MariaDB_with_a_table_on_a_full_disk() throws Exception {
        repository.script(
                "1_a.sql", "create table a (id int primary key, t varchar(1000)) data directory='" + disk + "';\n");
        try (TestDatabase database = TestServer.MARIADB.fresh()) {
            try {
                assertTold(database.dataSource());
                assertEquals(List.of("1"), database.changelog());
                makeRoom();
                of(database.dataSource()).migrate();
                assertEquals(List.of(ROWS + "|" + ROWS), database.query("select count(*), max(id) from a"));
            } finally {
                database.execute("drop table if exists a");
            }
        }
    }

    @Test
    void H2_on_a_full_disk() throws Exception {
        repository.script("1_a.sql", "create table a (id int primary key, t varchar(1000));\n");
        // else H2 (2.4.240) says that a commit is done up to half a second before it writes, and may never tell
        // otherwise
        DataSource dataSource =
                new UrlDataSource("jdbc:h2:file:" + disk + "/" + UUID.randomUUID() + ";WRITE_DELAY=0", "sa", "");
        MigrationException thrown =
                assertThrows(MigrationException.class, () -> of(dataSource).migrate());
        // H2 writes behind the statements: it may be the commit that fails
        assertTrue(thrown.getMessage().contains("2_rows.sql"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("No space left on device"), thrown.getMessage());
        makeRoom();
        of(dataSource).migrate();
        try (var connection = dataSource.getConnection();
                var rows = connection.createStatement().executeQuery("select count(*) from a")) {
            rows.next();
            assertEquals(ROWS, rows.getInt(1));
        }
    }

    @Test
    void SQLite_on_a_disk_that_became_read_only() throws Exception {
        repository.delete("2_rows.sql").table("1", "a");
        DataSource dataSource = new UrlDataSource("jdbc:sqlite:" + disk.resolve("a.db"), "", "");
        of(dataSource).migrate();
        assertTrue(run("mount", "-o", "remount,ro", disk.toString()));
        of(dataSource).migrate();
        repository.table("2", "b");
        MigrationException thrown =
                assertThrows(MigrationException.class, () -> of(dataSource).migrate());
        assertEquals("MIGR-315", thrown.failure().explanation().code(), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("Read-only file system"), thrown.getMessage());
    }
}

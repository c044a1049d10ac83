package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestLog;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A backup that cannot be restored is no backup: each kind is restored, and compared with what was there. */
class BackupTest {
    private TestRepository repository;
    private Path directory;

    @BeforeEach
    void folders(@TempDir Path folder) throws IOException {
        repository = new TestRepository(folder.resolve("repository")).table("1", "b");
        directory = Files.createDirectories(folder.resolve("back ups"));
    }

    private Migrations backingUp(TestDatabase database, String backup) {
        return Migrations.of(database.dataSource())
                .with("location", repository.location())
                .with("backup", backup)
                .with("backup-directory", directory.toString());
    }

    private List<Path> backups() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static void fill(TestDatabase database, String text) {
        database.execute(
                "create table a (id int primary key, note " + text + ")",
                "insert into a values (1, 'it''s; -- “quoted”'), (2, null), (3, '" + "long ".repeat(20_000) + "')");
    }

    private static List<String> contents(TestDatabase database) {
        return database.query("select id, note from a order by id");
    }

    private Path madeBy(TestDatabase database, Migrations migrations) throws IOException {
        MigrationReport report = migrations.migrate();
        Path file = Path.of(report.backup().orElseThrow());
        assertEquals(List.of(file), backups());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(List.of(file.toString()), database.query("select BACKUP_FILE from CHANGELOG_HISTORY"));
        database.execute("delete from a");
        return file;
    }

    private static void assertRestored(List<String> before, TestDatabase restored) {
        assertEquals(before, contents(restored));
        assertThrows(AssertionError.class, () -> restored.query("select * from b"), "it is of before the script");
        assertThrows(AssertionError.class, restored::changelog);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "H2_FILE"})
    void of_h2_we_make_one_that_runscript_restores(TestServer server) throws IOException {
        try (TestDatabase database = server.fresh();
                TestDatabase other = TestServer.H2.fresh()) {
            fill(database, "clob");
            List<String> before = contents(database);
            Path file = madeBy(database, backingUp(database, "auto"));
            other.execute("runscript from '" + file + "'");
            assertRestored(before, other);
        }
    }

    private static String run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    private static URI server(TestDatabase database) {
        return URI.create(database.url().substring("jdbc:".length()));
    }

    /** The programs of embedded PostgreSQL are those of the server alone. */
    private static boolean hasPgDump() {
        try {
            String version = run("pg_dump", "--version");
            return Integer.parseInt(version.replaceFirst("(?s)\\D+(\\d+).*", "$1")) >= 14;
        } catch (IOException | InterruptedException | AssertionError | NumberFormatException e) {
            return false;
        }
    }

    @Test
    void of_postgresql_pg_dump_makes_one_that_psql_restores() throws Exception {
        assumeTrue(hasPgDump(), "this machine has no pg_dump of PostgreSQL 14 or newer");
        try (TestDatabase database = TestServer.POSTGRESQL.fresh();
                TestDatabase other = TestServer.POSTGRESQL.fresh()) {
            fill(database, "text");
            List<String> before = contents(database);
            String from = "postgresql://postgres@127.0.0.1:" + server(database).getPort();
            Path file = madeBy(
                    database,
                    backingUp(
                            database,
                            "pg_dump --file={file} --schema={schema} --clean --if-exists --dbname=" + from
                                    + server(database).getPath()));
            run(
                    "psql",
                    "-q",
                    "-v",
                    "ON_ERROR_STOP=1",
                    "-f",
                    file.toString(),
                    from + server(other).getPath());
            assertRestored(before, other);
        }
    }

    @Test
    void of_mariadb_mariadb_dump_makes_one_that_mariadb_restores() throws Exception {
        try (TestDatabase database = TestServer.MARIADB.fresh();
                TestDatabase other = TestServer.MARIADB.fresh()) {
            fill(database, "longtext");
            List<String> before = contents(database);
            Path programs = Path.of("target/mariadb/bin").toAbsolutePath();
            String[] login = {
                "--no-defaults",
                "--protocol=tcp",
                "--host=127.0.0.1",
                "--port=" + server(database).getPort(),
                "--user=root",
                "--skip-ssl",
                "--default-character-set=utf8mb4"
            };
            Path file = madeBy(
                    database,
                    backingUp(
                            database,
                            programs.resolve("mariadb-dump") + " " + String.join(" ", login)
                                    + " --single-transaction --result-file={file} {schema}"));
            List<String> restore =
                    new ArrayList<>(List.of(programs.resolve("mariadb").toString()));
            restore.addAll(List.of(login));
            restore.addAll(List.of("--database=" + server(other).getPath().substring(1), "--execute=source " + file));
            run(restore.toArray(String[]::new));
            assertRestored(before, other);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sh -c 'echo begun > \"$0\"; echo no room >&2; exit 3' {file} | MIGR-550 | exit code 3: no room",
                "no-such-program-at-all {file} | MIGR-345 | no-such-program-at-all",
                "true {file} | MIGR-550 | nothing was written",
                "sh -c 'sleep 60 & sleep 60' {file} | MIGR-550 | did not end in",
            })
    void a_backup_that_fails_is_a_failure_before_any_script_and_leaves_no_file(String backup, String code, String what)
            throws IOException {
        try (TestDatabase database = new TestDatabase()) {
            Migrations migrations = backingUp(database, backup).with("timeout", "5s");
            MigrationFailure failure =
                    assertThrows(MigrationException.class, migrations::migrate).failure();
            assertEquals(code, failure.explanation().code());
            assertTrue(failure.explanation().what().contains(what), failure.describe());
            assertEquals(List.of(), backups());
            assertThrows(AssertionError.class, database::changelog);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void auto_says_that_others_need_their_own_program(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            Migrations migrations = backingUp(database, "auto");
            assertEquals(
                    "MIGR-551",
                    assertThrows(MigrationException.class, migrations::migrate)
                            .failure()
                            .explanation()
                            .code());
        }
    }

    @Test
    void a_directory_that_is_not_there_is_not_made() throws IOException {
        try (TestDatabase database = new TestDatabase()) {
            Files.delete(directory);
            Migrations migrations = backingUp(database, "auto");
            assertEquals(
                    "MIGR-552",
                    assertThrows(MigrationException.class, migrations::migrate)
                            .failure()
                            .explanation()
                            .code());
        }
    }

    @Test
    void where_nothing_is_pending_nothing_is_backed_up_and_what_the_program_says_is_in_the_log() throws IOException {
        try (TestDatabase database = new TestDatabase();
                TestLog log = TestLog.open()) {
            Migrations migrations =
                    backingUp(database, "sh -c 'echo \"saving $1\"; echo x > \"$0\"' {file} '{name} at {timestamp}'");
            migrations.migrate();
            assertTrue(
                    log.of("MIGR-554").toString().matches(".*backup: saving default at \\d{8}T\\d{9}Z]"),
                    log.of("MIGR-554").toString());
            assertEquals(Optional.empty(), migrations.migrate().backup());
            assertEquals(1, backups().size());
        }
    }

    @Test
    void retention_removes_what_is_ours_and_too_old_and_nothing_else() throws IOException {
        Instant old = Instant.now().minus(Duration.ofDays(3));
        List<String> stay = List.of(
                "migrations-other-20260101T000000000Z.backup",
                "migrations-default-20260101T000000000Z.backup.copy",
                "migrations-default-2026.backup",
                "orders.sql");
        for (String name : stay) {
            Files.setLastModifiedTime(Files.createFile(directory.resolve(name)), FileTime.from(old));
        }
        Path ours = Files.createFile(directory.resolve("migrations-default-20260101T000000000Z.backup"));
        Files.setLastModifiedTime(ours, FileTime.from(old));
        Path young = Files.createFile(directory.resolve("migrations-default-20260102T000000000Z.backup"));
        try (TestDatabase database = new TestDatabase()) {
            Path made = Path.of(backingUp(database, "auto")
                    .with("backup-retention", "2d")
                    .migrate()
                    .backup()
                    .orElseThrow());
            List<Path> expected = new ArrayList<>(List.of(made, young));
            stay.forEach(name -> expected.add(directory.resolve(name)));
            assertEquals(expected.stream().sorted().toList(), backups());
        }
    }
}

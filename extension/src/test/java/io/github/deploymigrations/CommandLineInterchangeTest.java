package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.ibatis.migration.commands.BaseCommand;
import org.apache.ibatis.migration.commands.Commands;
import org.apache.ibatis.migration.options.SelectedOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classes behind MyBatis' {@code migrate} command and this extension take turns on one folder and one database. */
class CommandLineInterchangeTest {
    private final TestDatabase database = new TestDatabase();
    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder)
                .environment(
                        "production",
                        "driver=org.h2.Driver\nurl=" + database.url()
                                + "\nusername=sa\npassword=\nchangelog=CHANGELOG\nsuffix=x\n")
                .script("1_create_changelog.sql", """
                        -- // create changelog
                        create table ${changelog} (
                        ID NUMERIC(20,0) NOT NULL,
                        APPLIED_AT VARCHAR(25) NOT NULL,
                        DESCRIPTION VARCHAR(255) NOT NULL
                        );

                        -- //@UNDO
                        drop table ${changelog};
                        """)
                .script(
                        "2_create a_table.sql",
                        "create table a_${suffix} (id int);\n-- //@UNDO\ndrop table a_${suffix};\n");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String migrate(String command, String... parameters) {
        SelectedOptions options = new SelectedOptions();
        options.getPaths().setBasePath(repository.folder().toFile());
        options.setEnvironment("production");
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        BaseCommand resolved = (BaseCommand) Commands.resolveCommand(command, options);
        resolved.setPrintStream(new PrintStream(output, true, StandardCharsets.UTF_8));
        resolved.execute(parameters);
        return output.toString(StandardCharsets.UTF_8);
    }

    private MigrationReport ours() {
        return Migrations.of(database.dataSource())
                .with("location", repository.location())
                .migrate();
    }

    private List<String> changelog() {
        return database.query("select ID, DESCRIPTION, length(APPLIED_AT) from CHANGELOG order by ID");
    }

    @Test
    void the_command_line_finds_what_we_applied_undoes_it_and_we_apply_it_again() {
        ours();
        List<String> written = changelog();
        String status = migrate("status");
        assertTrue(status.contains("create a table") && !status.contains("...pending..."), status);
        migrate("up");
        assertEquals(written, changelog());
        migrate("down");
        assertEquals(List.of("1|create changelog|19"), changelog());
        assertEquals(
                List.of("2"),
                ours().appliedNow().keySet().stream().map(RevisionId::toString).toList());
        assertEquals(written, changelog());
    }

    @Test
    void we_go_on_where_the_command_line_stopped_and_it_goes_on_where_we_did() {
        migrate("up", "1");
        ours();
        repository.table("3", "b");
        migrate("version", "3");
        repository.table("4", "c");
        assertEquals(MigrationStatus.UP_TO_DATE, ours().status());
        assertEquals(
                List.of("1|create changelog|19", "2|create a table|19", "3|create b|19", "4|create c|19"), changelog());
        migrate("down", "4");
        assertEquals(
                List.of("CHANGELOG_HISTORY", "CHANGELOG_LOCK"),
                database.query(
                        "select table_name from information_schema.tables where table_schema='PUBLIC' order by 1"));
        assertEquals(4, ours().appliedNow().size());
    }

    @Test
    void a_changelog_that_we_created_serves_the_command_line() {
        repository.delete("1_create_changelog.sql");
        ours();
        repository.table("5", "later");
        migrate("up");
        assertEquals(MigrationStatus.UP_TO_DATE, ours().status());
        migrate("down");
        assertEquals(List.of("2|create a table|19"), changelog());
    }

    @Test
    void the_command_line_finds_what_we_undid_pending_and_applies_it_again() {
        migrate("up");
        Migrations.of(database.dataSource())
                .with("location", repository.location())
                .undo(1);
        assertEquals(List.of("1|create changelog|19"), changelog());
        String status = migrate("status");
        assertTrue(status.contains("...pending..."), status);
        migrate("up");
        assertEquals(List.of("1|create changelog|19", "2|create a table|19"), changelog());
        migrate("down");
        assertEquals(1, ours().appliedNow().size());
        MigrationReport report = Migrations.of(database.dataSource())
                .with("location", repository.location())
                .undo(2);
        assertEquals(2, report.undoneNow().size());
        assertEquals(
                List.of("CHANGELOG_HISTORY", "CHANGELOG_LOCK"),
                database.query(
                        "select table_name from information_schema.tables where table_schema='PUBLIC' order by 1"));
        migrate("up");
        assertEquals(MigrationStatus.UP_TO_DATE, ours().status());
    }

    @Test
    void what_the_command_line_applied_anew_is_not_undone_by_an_older_text() {
        ours();
        migrate("down");
        repository.script("2_create a_table.sql", "create table other (id int);\n-- //@UNDO\ndrop table other;\n");
        database.execute("update CHANGELOG set APPLIED_AT = '2020-01-01 00:00:00'");
        migrate("up");
        database.execute("update CHANGELOG set APPLIED_AT = '2020-01-02 00:00:00' where ID = 2");
        repository.delete("2_create a_table.sql");
        MigrationException thrown = assertThrows(
                MigrationException.class,
                () -> Migrations.of(database.dataSource())
                        .with("location", repository.location())
                        .undo(1));
        assertEquals("MIGR-423", thrown.failure().explanation().code());
        assertEquals(2, changelog().size());
    }

    @Test
    void the_command_line_goes_on_behind_a_baseline_and_may_undo_it() {
        database.execute("create table a_x (id int)");
        repository.table("3", "b");
        Migrations.of(database.dataSource())
                .with("location", repository.location())
                .with("baseline", "2")
                .with("target", "2")
                .migrate();
        assertEquals(List.of("1|create changelog|19", "2|create a table|19"), changelog());
        migrate("up");
        assertEquals(MigrationStatus.UP_TO_DATE, ours().status());
        assertEquals(2, ours().in(RevisionState.BASELINE).size());
        migrate("down", "2");
        assertEquals(List.of("1|create changelog|19"), changelog());
        assertEquals(2, ours().appliedNow().size(), "the table of the baseline is gone, and made again");
        assertEquals(1, ours().in(RevisionState.BASELINE).size());
    }

    /** No script can say so, but an environment file can. */
    @Test
    void a_delimiter_of_two_words_is_one_to_both() {
        repository
                .environment(
                        "production",
                        "driver=org.h2.Driver\nurl=" + database.url()
                                + "\nusername=sa\npassword=\nchangelog=CHANGELOG\ndelimiter=go now\n")
                .script("1_create_changelog.sql", """
                        create table ${changelog} (
                        ID NUMERIC(20,0) NOT NULL, APPLIED_AT VARCHAR(25) NOT NULL, DESCRIPTION VARCHAR(255) NOT NULL)
                        go now
                        """)
                .script("2_create a_table.sql", """
                        set @unread = 1 go now
                        create table a (name varchar(20)) go now
                        insert into a values ('go
                        there') go now
                        -- //@UNDO
                        set @unread = 1 go now
                        drop table a go now
                        """);
        migrate("up");
        List<String> theirs = database.query("select name from a");
        migrate("down");
        ours();
        assertEquals(theirs, database.query("select name from a"));
        Migrations.of(database.dataSource())
                .with("location", repository.location())
                .undo(1);
        assertEquals(List.of("1|create changelog|19"), changelog());
    }
}

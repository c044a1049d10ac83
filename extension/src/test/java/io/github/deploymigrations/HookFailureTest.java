package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A hook that fails is a failure of the run, with the name of the hook. */
class HookFailureTest {
    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder).table("1", "a").table("2", "b");
    }

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource()).with("location", repository.location());
    }

    private static void assertTold(MigrationException thrown, String... parts) {
        assertEquals("MIGR-503", thrown.failure().explanation().code(), thrown.getMessage());
        for (String part : parts) {
            assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "before, '', ''",
        "before_each, ' of 1_create_a.sql', ''",
        "after_each, ' of 1_create_a.sql', 1",
        "after, '', 1 2",
    })
    void one_in_SQL_is_named_with_its_file_and_the_script_at_which_it_failed(String when, String of, String applied) {
        repository
                .environment("production", "hook_" + when + "_up=SQL:my_hook.sql\n")
                .hook("my_hook.sql", "insert into nowhere values (1);\n");
        try (TestDatabase database = new TestDatabase()) {
            MigrationException thrown = assertThrows(
                    MigrationException.class, () -> migrations(database).migrate());
            assertTold(thrown, "hook_" + when + "_up" + of + " (SQL:my_hook.sql) failed", "NOWHERE");
            assertEquals(
                    applied,
                    String.join(
                            " ",
                            thrown.failure().applied().stream()
                                    .map(RevisionId::toString)
                                    .toList()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "before_each", "after_each", "after"})
    void so_is_one_around_what_is_undone(String when) {
        try (TestDatabase database = new TestDatabase()) {
            migrations(database).migrate();
            repository
                    .environment("production", "hook_" + when + "_down=SQL:my_hook.sql\n")
                    .hook("my_hook.sql", "insert into nowhere values (1);\n");
            MigrationException thrown = assertThrows(
                    MigrationException.class, () -> migrations(database).undo(1));
            assertTrue(
                    thrown.getMessage().contains("hook_" + when + "_down")
                            && thrown.getMessage().contains("(SQL:my_hook.sql) failed"),
                    thrown.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "before_each", "after_each", "after"})
    void so_is_one_in_another_language(String when) {
        repository
                .environment("production", "hook_" + when + "_up=Grumpy:my_hook.grumpy\n")
                .hook("my_hook.grumpy", "not on a Friday\n");
        try (TestDatabase database = new TestDatabase()) {
            assertTold(
                    assertThrows(
                            MigrationException.class, () -> migrations(database).migrate()),
                    "hook_" + when + "_up",
                    "(Grumpy:my_hook.grumpy) failed",
                    "not on a Friday");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "before_each", "after_each", "after"})
    void so_is_one_that_ends_in_an_error(String when) {
        repository
                .environment("production", "hook_" + when + "_up=Grumpy:my_hook.grumpy\n")
                .hook("my_hook.grumpy", "assert day != 'Friday'\n");
        try (TestDatabase database = new TestDatabase()) {
            Migrations migrations = migrations(database);
            assertTold(
                    assertThrows(MigrationException.class, migrations::migrate),
                    "hook_" + when + "_up",
                    "(Grumpy:my_hook.grumpy) failed",
                    "assert day != 'Friday'");
            assertEquals(Optional.empty(), migrations.status().running());
        }
    }

    /** When a listener is asked. */
    private enum Moment {
        RUN,
        BEFORE,
        AFTER
    }

    /** Does not want the run to go on. */
    private record Veto(Moment moment) implements MigrationListener {
        private void at(Moment now) {
            if (now == moment) {
                throw new IllegalStateException("not on a Friday");
            }
        }

        @Override
        public void beforeRun(String name, List<RevisionId> revisions) {
            at(Moment.RUN);
        }

        @Override
        public void beforeRevision(String name, RevisionId revision) {
            at(Moment.BEFORE);
        }

        @Override
        public void afterRevision(String name, RevisionId revision, Duration took) {
            at(Moment.AFTER);
        }
    }

    @ParameterizedTest
    @EnumSource
    void so_is_a_listener_in_Java(Moment moment) {
        try (TestDatabase database = TestServer.H2.fresh()) {
            Migrations vetoed = migrations(database).with(new Veto(moment));
            assertTold(
                    assertThrows(MigrationException.class, vetoed::migrate),
                    "The listener " + Veto.class.getName() + " failed",
                    "not on a Friday");
            assertEquals(
                    moment == Moment.AFTER ? 1 : 0,
                    migrations(database).status().in(RevisionState.APPLIED).size());
            assertEquals(
                    MigrationStatus.UP_TO_DATE, migrations(database).migrate().status());
        }
    }
}

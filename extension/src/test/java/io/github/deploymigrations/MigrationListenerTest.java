package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationListenerTest {
    @TempDir
    private Path folder;

    private final TestDatabase database = new TestDatabase();
    private TestRepository repository;

    @BeforeEach
    void write() {
        repository = new TestRepository(folder).table("1", "a").table("2", "b");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Migrations migrations() {
        return Migrations.of(database.dataSource()).with("location", repository.location());
    }

    /** Notes what it hears. */
    private static class Notes implements MigrationListener {
        final List<String> heard = new ArrayList<>();

        @Override
        public void beforeRun(String name, List<RevisionId> revisions) {
            heard.add(name + " will apply " + revisions);
        }

        @Override
        public void beforeRevision(String name, RevisionId revision) {
            heard.add("before " + revision);
        }

        @Override
        public void afterRevision(String name, RevisionId revision, Duration took) {
            heard.add("after " + revision);
        }

        @Override
        public void beforeUndo(String name, RevisionId revision) {
            heard.add("before undo of " + revision);
        }

        @Override
        public void afterUndo(String name, RevisionId revision, Duration took) {
            heard.add("after undo of " + revision);
        }

        @Override
        public void afterRun(MigrationReport report) {
            heard.add(report.status().name());
        }

        @Override
        public void onFailure(MigrationReport report) {
            heard.add(report.failure().orElseThrow().explanation().code());
        }
    }

    @Test
    void a_listener_hears_of_the_run_of_each_revision_and_of_the_end() {
        Notes notes = new Notes();
        migrations().with(notes).migrate();
        assertEquals(
                List.of("default will apply [1, 2]", "before 1", "after 1", "before 2", "after 2", "UP_TO_DATE"),
                notes.heard);
    }

    @Test
    void where_there_is_nothing_to_do_it_hears_only_of_the_end() {
        migrations().migrate();
        Notes notes = new Notes();
        migrations().with(notes).migrate();
        assertEquals(List.of("UP_TO_DATE"), notes.heard);
    }

    @Test
    void it_hears_of_a_failure_and_what_was_applied_before() {
        repository.script("2_create_b.sql", "create tabel b (id int);\n");
        Notes notes = new Notes();
        assertThrows(MigrationException.class, () -> migrations().with(notes).migrate());
        assertEquals(List.of("default will apply [1, 2]", "before 1", "after 1", "before 2", "MIGR-501"), notes.heard);
    }

    @Test
    void it_hears_of_what_is_undone() {
        migrations().migrate();
        Notes notes = new Notes();
        migrations().with(notes).undo(2);
        assertEquals(
                List.of("before undo of 2", "after undo of 2", "before undo of 1", "after undo of 1", "PENDING"),
                notes.heard);
    }

    @Test
    void a_listener_that_fails_ends_the_run_and_is_named() {
        MigrationListener veto = new MigrationListener() {
            @Override
            public void beforeRevision(String name, RevisionId revision) {
                if (revision.toString().equals("2")) {
                    throw new IllegalStateException("not on a Friday");
                }
            }
        };
        MigrationException failure = assertThrows(
                MigrationException.class, () -> migrations().with(veto).migrate());
        assertEquals("MIGR-503", failure.failure().explanation().code());
        assertTrue(failure.getMessage().contains(veto.getClass().getName()), failure.getMessage());
        assertTrue(failure.getMessage().contains("not on a Friday"), failure.getMessage());
        assertEquals(List.of("1"), database.changelog());
        migrations().migrate();
        assertEquals(List.of("1", "2"), database.changelog());
    }

    @Test
    void a_listener_that_fails_at_the_end_changes_nothing() {
        MigrationListener clumsy = new MigrationListener() {
            @Override
            public void afterRun(MigrationReport report) {
                throw new IllegalStateException("no mail today");
            }
        };
        assertEquals(
                MigrationStatus.UP_TO_DATE, migrations().with(clumsy).migrate().status());
    }

    @Test
    void a_listener_whose_library_is_missing_at_the_end_changes_nothing() {
        MigrationListener clumsy = new MigrationListener() {
            @Override
            public void afterRun(MigrationReport report) {
                throw new NoClassDefFoundError("jakarta/mail/Session");
            }
        };
        assertEquals(
                MigrationStatus.UP_TO_DATE, migrations().with(clumsy).migrate().status());
    }

    @Test
    void a_listener_whose_library_is_missing_ends_the_run_and_is_named() {
        MigrationListener veto = new MigrationListener() {
            @Override
            public void beforeRevision(String name, RevisionId revision) {
                throw new NoClassDefFoundError("jakarta/mail/Session");
            }
        };
        MigrationException failure = assertThrows(
                MigrationException.class, () -> migrations().with(veto).migrate());
        assertEquals("MIGR-503", failure.failure().explanation().code());
        assertTrue(failure.getMessage().contains(veto.getClass().getName()), failure.getMessage());
    }

    @Test
    void a_listener_whose_library_is_missing_before_the_run_ends_it_and_is_named() {
        MigrationListener veto = new MigrationListener() {
            @Override
            public void beforeRun(String name, List<RevisionId> revisions) {
                throw new NoClassDefFoundError("jakarta/mail/Session");
            }
        };
        MigrationException failure = assertThrows(
                MigrationException.class, () -> migrations().with(veto).migrate());
        assertEquals("MIGR-503", failure.failure().explanation().code());
        assertTrue(failure.getMessage().contains(veto.getClass().getName()), failure.getMessage());
    }
}

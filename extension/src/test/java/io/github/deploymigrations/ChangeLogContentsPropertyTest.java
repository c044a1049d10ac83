package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.Draw;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in the changelog, in the release and in the policies: refused untouched, or applied in order, once. */
class ChangeLogContentsPropertyTest {
    @TempDir
    private Path folder;

    private final TestDatabase database = new TestDatabase();

    @BeforeEach
    void tableThatTellsWhatRan() {
        database.execute("create table trace (n int auto_increment, script int)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void script(int id) {
        new TestRepository(folder)
                .script(
                        id + "_s.sql",
                        "create table s" + id + " (id int);\ninsert into trace (script) values (" + id + ");\n");
    }

    private Migrations migrations(Map<String, String> policies) {
        Migrations migrations = Migrations.of(database.dataSource()).with("location", "file:" + folder);
        for (Map.Entry<String, String> policy : policies.entrySet()) {
            migrations = migrations.with(policy.getKey(), policy.getValue());
        }
        return migrations;
    }

    private static Map<String, String> policies(Draw draw) {
        Map<String, String> policies = new TreeMap<>();
        policies.put("late", draw.of("fail", "apply", "skip"));
        policies.put("missing", draw.of("fail", "warn", "ignore"));
        policies.put("newer", draw.of("fail", "warn", "ignore"));
        return policies;
    }

    /** A changelog as somebody may have left it. */
    private record Contents(List<String> rows, Set<Integer> ids, boolean readable) {
        static Contents of(Draw draw) {
            List<String> rows = new ArrayList<>();
            Set<Integer> ids = new TreeSet<>();
            boolean readable = true;
            for (int count = draw.number(0, 6); count > 0; count--) {
                int id = draw.number(0, 12);
                boolean odd = draw.percent(4);
                String shown = odd ? draw.of("null", "-3", "1.5", "100000000000000000000") : String.valueOf(id);
                // twice, where there is no primary key
                readable &= !odd && ids.add(id);
                String at = draw.of("'2020-01-01 00:00:00'", "'2020-01-01 00:00:00.0'", "'yesterday'", "''", "null");
                String description = draw.of("'s'", "'another'", "''", "null", "'" + "ä".repeat(255) + "'");
                rows.add("(" + shown + ", " + at + ", " + description + ")");
            }
            return new Contents(rows, ids, readable);
        }

        void into(TestDatabase database) {
            database.execute("create table CHANGELOG (ID numeric(25, 2), APPLIED_AT varchar(25),"
                    + " DESCRIPTION varchar(255))");
            rows.forEach(row -> database.execute("insert into CHANGELOG values " + row));
        }
    }

    private List<String> rows() {
        return database.query("select ID, APPLIED_AT, DESCRIPTION from CHANGELOG");
    }

    private List<String> trace() {
        return database.query("select script from trace order by n");
    }

    private static List<String> texts(Collection<Integer> ids) {
        return ids.stream().map(String::valueOf).toList();
    }

    @ParameterizedTest
    @MethodSource("io.github.deploymigrations.testing.Draw#some")
    void a_plan_refuses_or_applies_exactly_what_is_pending_in_order(Draw draw) {
        Contents contents = Contents.of(draw);
        Set<Integer> scripts = new TreeSet<>();
        for (int count = draw.number(1, 6); count > 0; count--) {
            scripts.add(draw.number(0, 10));
        }
        Map<String, String> policies = policies(draw);
        contents.into(database);
        scripts.forEach(this::script);
        draw.check(contents + ", scripts " + scripts + ", " + policies, () -> {
            List<String> before = rows();
            try {
                MigrationReport report = migrations(policies).migrate();
                Set<Integer> applied = expected(contents.ids(), scripts, policies);
                assertTrue(contents.readable() && !isRefused(contents.ids(), scripts, policies), "not refused");
                assertEquals(texts(applied), trace());
                assertEquals(MigrationStatus.UP_TO_DATE, report.status());
                List<String> after = rows();
                assertEquals(before, after.subList(0, before.size()), "the rows that were there");
                assertEquals(
                        applied.stream().map(id -> id + ".00").toList(),
                        after.subList(before.size(), after.size()).stream()
                                .map(row -> row.substring(0, row.indexOf('|')))
                                .toList());
                assertNothingIsLeftToDo(policies, after);
            } catch (MigrationException e) {
                assertTrue(!contents.readable() || isRefused(contents.ids(), scripts, policies), "refused: " + e);
                assertEquals(before, rows());
                assertEquals(List.of(), trace());
                assertEquals(
                        List.of(),
                        database.query(
                                "select * from information_schema.tables where table_name" + " like 'CHANGELOG\\_%'"),
                        "nothing is created");
            }
        });
    }

    private void assertNothingIsLeftToDo(Map<String, String> policies, List<String> rows) {
        List<String> traced = trace();
        MigrationReport again = migrations(policies).migrate();
        assertEquals(Map.of(), again.appliedNow());
        assertEquals(MigrationStatus.UP_TO_DATE, again.status());
        assertEquals(rows, rows());
        assertEquals(traced, trace());
    }

    private static boolean isLate(int id, Set<Integer> applied) {
        return applied.stream().anyMatch(other -> other > id);
    }

    private static Set<Integer> expected(Set<Integer> applied, Set<Integer> scripts, Map<String, String> policies) {
        Set<Integer> expected = new TreeSet<>(scripts);
        expected.removeAll(applied);
        expected.removeIf(id -> isLate(id, applied) && !policies.get("late").equals("apply"));
        return expected;
    }

    private static boolean isRefused(Set<Integer> applied, Set<Integer> scripts, Map<String, String> policies) {
        int newest = scripts.stream().max(Integer::compare).orElseThrow();
        boolean late = scripts.stream().anyMatch(id -> !applied.contains(id) && isLate(id, applied));
        boolean missing = applied.stream().anyMatch(id -> !scripts.contains(id) && id <= newest);
        boolean newer = applied.stream().anyMatch(id -> id > newest);
        return (late && policies.get("late").equals("fail"))
                || (missing && policies.get("missing").equals("fail"))
                || (newer && policies.get("newer").equals("fail"));
    }

    @ParameterizedTest
    @MethodSource("io.github.deploymigrations.testing.Draw#some")
    void a_history_that_was_merged_late_skips_no_script_in_silence(Draw draw) {
        List<Integer> merged = new ArrayList<>();
        for (int count = draw.number(2, 9); count > 0; count--) {
            merged.add(count);
        }
        List<Integer> order = draw.shuffled(merged);
        draw.check("scripts merged in the order " + order, () -> {
            Set<Integer> released = new TreeSet<>();
            Set<Integer> skipped = new TreeSet<>();
            Set<String> everApplied = new LinkedHashSet<>();
            for (int done = 0; done < order.size(); ) {
                int end = Math.min(order.size(), done + draw.number(1, 3));
                order.subList(done, end).forEach(this::script);
                released.addAll(order.subList(done, end));
                done = end;
                release(draw, released, skipped);
                assertTrue(database.changelog().containsAll(everApplied), "a row is gone");
                everApplied.addAll(database.changelog());
            }
        });
    }

    /** Each script is applied, or a person has said that it is to be skipped, and the report says so. */
    private void release(Draw draw, Set<Integer> released, Set<Integer> skipped) {
        List<String> before = trace();
        MigrationReport report;
        try {
            report = migrations(Map.of()).migrate();
        } catch (MigrationException e) {
            List<Revision> late = e.report().in(RevisionState.LATE);
            assertTrue(!late.isEmpty(), e.getMessage());
            late.forEach(revision -> assertTrue(e.getMessage().contains(revision.id() + "_s.sql"), e.getMessage()));
            assertEquals(before, trace(), "a refused run applies nothing");
            String policy = draw.of("apply", "skip");
            if (policy.equals("skip")) {
                late.forEach(
                        revision -> skipped.add(Integer.valueOf(revision.id().toString())));
            }
            report = migrations(Map.of("late", policy)).migrate();
        }
        Set<Integer> expected = new TreeSet<>(released);
        expected.removeAll(skipped);
        assertEquals(texts(expected), database.changelog());
        assertEquals(new TreeSet<>(texts(expected)), new TreeSet<>(trace()));
        assertEquals(expected.size(), trace().size(), "each once");
        assertEquals(
                texts(skipped),
                report.in(RevisionState.SKIPPED).stream()
                        .map(revision -> revision.id().toString())
                        .toList());
    }
}

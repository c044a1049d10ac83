package io.github.deploymigrations.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.AppliedRevision;
import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.scripts.Script;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationPlanTest {
    @ParameterizedTest(name = "scripts {0}, applied {1}, target {2}: {3}; steps {4}; refused by {5}")
    @CsvSource(
            nullValues = "-",
            value = {
                "'',       '',    -, '',                              '',      ''",
                "1 2,      '',    -, 1 PENDING 2 PENDING,             1 2,     ''",
                "1 2,      1,     -, 1 APPLIED 2 PENDING,             2,       ''",
                "1 2,      1 2,   -, 1 APPLIED 2 APPLIED,             '',      ''",
                "1 2 3,    1 3,   -, 1 APPLIED 2 LATE 3 APPLIED,      2,       MIGR-401",
                "1 3,      1 2,   -, 1 APPLIED 2 MISSING 3 PENDING,   3,       MIGR-402",
                "2 3,      1 2,   -, 1 MISSING 2 APPLIED 3 PENDING,   3,       MIGR-402",
                "1 2,      1 2 9, -, 1 APPLIED 2 APPLIED 9 NEWER,     '',      ''",
                "1 2 3,    1 9,   -, 1 APPLIED 2 LATE 3 LATE 9 NEWER, 2 3,     MIGR-401",
                "1 2 3,    1,     2, 1 APPLIED 2 PENDING 3 PENDING,   2,       ''",
                "1 2 3,    1 2 3, 2, 1 APPLIED 2 APPLIED 3 APPLIED,   '',      MIGR-403",
                "1 2 4,    3,     -, 1 LATE 2 LATE 3 MISSING 4 PENDING, 1 2 4, MIGR-401 MIGR-402",
                "9 10,     9,     -, 9 APPLIED 10 PENDING,            10,      ''"
            })
    void what_is_to_be_done_follows_from_scripts_and_changelog(
            String scripts, String applied, String target, String states, String steps, String refusals) {
        MigrationPlan plan = MigrationPlan.of(
                ids(scripts).stream().map(MigrationPlanTest::script).toList(),
                changelog(applied),
                Optional.ofNullable(target).flatMap(RevisionId::parse));
        assertEquals(
                states,
                plan.revisions().stream()
                        .map(revision -> revision.id() + " " + revision.state())
                        .collect(Collectors.joining(" ")));
        assertEquals(
                steps, plan.steps().stream().map(step -> step.id().toString()).collect(Collectors.joining(" ")));
        assertEquals(
                refusals,
                plan.refusals().stream()
                        .map(refusal -> refusal.explanation().code())
                        .collect(Collectors.joining(" ")));
    }

    private static ChangeLog.Known changelog(String applied) {
        SortedMap<RevisionId, AppliedRevision> rows = new TreeMap<>();
        ids(applied).forEach(id -> rows.put(id, new AppliedRevision(id, "2026-01-01 00:00:00", "r" + id)));
        return rows.isEmpty() ? new ChangeLog.Absent() : new ChangeLog.Present(rows);
    }

    private static Script script(RevisionId id) {
        return new Script(id, "r" + id, id + "_r.sql", "migrations/scripts/" + id + "_r.sql", 1);
    }

    private static List<RevisionId> ids(String text) {
        return Arrays.stream(text.split(" "))
                .flatMap(id -> RevisionId.parse(id).stream())
                .toList();
    }
}

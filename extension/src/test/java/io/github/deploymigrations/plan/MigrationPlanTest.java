package io.github.deploymigrations.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.AppliedRevision;
import io.github.deploymigrations.changelog.Attempt;
import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.changelog.Doubt;
import io.github.deploymigrations.changelog.History;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.scripts.Part;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptContent;
import io.github.deploymigrations.scripts.UndoPart;
import io.github.deploymigrations.settings.LatePolicy;
import io.github.deploymigrations.settings.NewerPolicy;
import io.github.deploymigrations.settings.Policies;
import io.github.deploymigrations.settings.Policy;
import io.github.deploymigrations.settings.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The table of the contract, section 4. A history is written as revision and what happened: {@code 1=done} (applied by us),
 * {@code 1=other} (applied by us with another text), {@code 1=failed}, {@code 1=began}, {@code 1=skip}, {@code 1=accept}
 * (a text counts), {@code 1=retire} (its script is gone on purpose),
 * {@code 1=undo}, {@code 1=unbegan} and {@code 1=unfailed} (its undo), {@code 1=clean} (failed, and left nothing),
 * {@code 1=reset}, {@code 1=base} (counts as applied); policies and resolutions by their keys.
 */
class MigrationPlanTest {
    private static final Instant ENDED = Instant.EPOCH.plusSeconds(5);

    @ParameterizedTest(name = "scripts {0}, applied {1}, history {2}, settings {3}: {4}; does {5}; refused by {6}")
    @CsvSource({
        // scripts, applied, history, settings, states, does, refusals
        "'',      '',    '',         '',              '',                                        '',        ''",
        "1 2,     '',    '',         '',              1 PENDING 2 PENDING,                       1 2,       ''",
        "1 2,     1,     '',         '',              1 APPLIED 2 PENDING,                       2,         ''",
        "1 2,     1 2,   '',         '',              1 APPLIED 2 APPLIED,                       '',        ''",
        "9 10,    9,     '',         '',              9 APPLIED 10 PENDING,                      10,        ''",
        // late
        "1 2 3,   1 3,   '',         '',              1 APPLIED 2 LATE 3 APPLIED,                '',        MIGR-401",
        "1 2 3 4, 1 3,   '',         late=apply,      1 APPLIED 2 LATE 3 APPLIED 4 PENDING,      2 4,       ''",
        "1 2 3,   1 3,   '',         late=skip,       1 APPLIED 2 LATE 3 APPLIED,                skip:2,    ''",
        "1 2 3,   1 3,   '',         resolve=2:skip,  1 APPLIED 2 LATE 3 APPLIED,                skip:2,    ''",
        "1 2 3,   1 3,   2=skip,     '',              1 APPLIED 2 SKIPPED 3 APPLIED,             '',        ''",
        // missing and newer
        "1 3,     1 2,   '',         '',              1 APPLIED 2 MISSING 3 PENDING,             3,         MIGR-402",
        "1 3,     1 2,   '',         missing=warn,    1 APPLIED 2 MISSING 3 PENDING,             3 !409,    ''",
        "1 3,     1 2,   '',         missing=ignore,  1 APPLIED 2 MISSING 3 PENDING,             3,         ''",
        "1 3,     1 2,   '',         resolve=2:accept,1 APPLIED 2 MISSING 3 PENDING,             accept:2 3,''",
        "1 3,     1 2,   2=retire,   '',              1 APPLIED 2 MISSING 3 PENDING,             3,         ''",
        "1 3,     1 2,   2=retire 2=unfailed, stands=2/1, 1 APPLIED 2 MISSING 3 PENDING,         3,         ''",
        "1 3,     1 2,   2=accept,   '',              1 APPLIED 2 MISSING 3 PENDING,             3,         MIGR-402",
        "1 3,     1 2,   2=retire 2=accept, '',       1 APPLIED 2 MISSING 3 PENDING,             3,         MIGR-402",
        "1 2,     1 2 9, '',         '',              1 APPLIED 2 APPLIED 9 NEWER,               !405,      ''",
        "1 2,     1 2 9, '',         newer=fail,      1 APPLIED 2 APPLIED 9 NEWER,               '',        MIGR-406",
        "1 2,     1 2 9, '',         newer=ignore,    1 APPLIED 2 APPLIED 9 NEWER,               '',        ''",
        "1 2 4,   3,     '',         '',              1 LATE 2 LATE 3 MISSING 4 PENDING,         4,         MIGR-402 MIGR-401",
        // changed
        "1,       1,     1=done,     '',              1 APPLIED,                                 '',        ''",
        "1 2,     1,     1=other,    '',              1 CHANGED 2 PENDING,                       2,         MIGR-407",
        "1,       1,     1=other,    changed=warn,    1 CHANGED,                                 !408,      ''",
        "1,       1,     1=other,    changed=ignore,  1 CHANGED,                                 '',        ''",
        "1,       1,     1=other,    resolve=1:accept,1 CHANGED,                                 accept:1,  ''",
        "1,       1,     1=other 1=accept, '',        1 APPLIED,                                 '',        ''",
        "1,       1,     1=stale,    '',              1 APPLIED,                                 '',        ''",
        // begun and not ended; 1/3 stands for: proved to go on with statement 3; 1/? for: unknown after statement 2
        "1 2,     '',    1=failed,   stands=1/1,      1 FAILED 2 PENDING,                        1 2,       ''",
        "1 2,     '',    1=failed,   stands=1/3,      1 FAILED 2 PENDING,                        1/3 2,     ''",
        "1 2,     '',    1=failed,   stands=1/?,      1 FAILED 2 PENDING,                        2,         MIGR-413",
        "1,       '',    1=began,    stands=1/3,      1 INTERRUPTED,                             1/3,       ''",
        "1,       '',    1=began,    stands=1/?,      1 INTERRUPTED,                             '',        MIGR-413",
        "1,       '',    1=began,    stands=1/? resolve=1:applied, 1 INTERRUPTED,                count:1,   ''",
        "1,       '',    1=began,    stands=1/? resolve=1:pending, 1 INTERRUPTED,                1,         ''",
        "1,       '',    1=began,    stands=1/? resolve=1:resume,  1 INTERRUPTED,                1/3,       ''",
        "1,       '',    9=failed,   '',              1 PENDING 9 FAILED,                        1 !410,    ''",
        "1,       1,     1=failed,   '',              1 APPLIED,                                 '',        ''",
        "1 2,     1,     2=done 2=undo, '',           1 APPLIED 2 PENDING,                       2,         ''",
        "1,       1,     2=done 2=undo, '',           1 APPLIED 2 UNDONE,                        '',        ''",
        // settled above the target
        "1 2,     1,     2=failed,   stands=2/2 target=1 resolve=2:applied, 1 APPLIED 2 FAILED,  '',        MIGR-416",
        "1 2,     1,     2=failed,   stands=2/2 target=1 resolve=2:resume,  1 APPLIED 2 FAILED,  '',        MIGR-416",
        "1 2,     1,     2=failed,   stands=2/? target=1 resolve=2:pending, 1 APPLIED 2 FAILED,  reset:2,   ''",
        "1 2,     1,     2=failed 2=reset, target=1,  1 APPLIED 2 PENDING,                       '',        ''",
        // settled in a way that does not fit
        "1 2 3,   1 3,   '',         resolve=2:accept,1 APPLIED 2 LATE 3 APPLIED,                !411,      MIGR-401",
        "1,       1,     1=other,    resolve=1:skip,  1 CHANGED,                                 !411,      MIGR-407",
        "1 3,     1 2,   '',         resolve=2:skip,  1 APPLIED 2 MISSING 3 PENDING,             3 !411,    MIGR-402",
        "1,       '',    1=began,    stands=1/? resolve=1:accept, 1 INTERRUPTED,                 !411,      MIGR-413",
        // nothing to settle
        "1,       1,     '',         resolve=1:skip,  1 APPLIED,                                 !411,      ''",
        // baseline
        "1 2 3,   '',    '',         baseline=2,      1 PENDING 2 PENDING 3 PENDING,             base:1 base:2 3, ''",
        "1 2,     '',    '',         baseline=2,      1 PENDING 2 PENDING,                       base:1 base:2, ''",
        "1 2,     '',    1=failed,   baseline=1,      1 FAILED 2 PENDING,                        base:1 2,  ''",
        "1 2,     '',    1=began,    stands=1/? baseline=1, 1 INTERRUPTED 2 PENDING,             base:1 2,  ''",
        "1 2,     '',    2=skip,     baseline=1,      1 PENDING 2 PENDING,                       base:1 2,  ''",
        "1 2,     '',    9=failed,   baseline=1,      1 PENDING 2 PENDING 9 FAILED,              base:1 2 !410, ''",
        "1 2 3,   '',    '',         baseline=1 target=2, 1 PENDING 2 PENDING 3 PENDING,         base:1 2,  ''",
        "1 3,     '',    '',         baseline=2,      1 PENDING 3 PENDING,                       1 3,       MIGR-441",
        "1 2,     '',    '',         baseline=9,      1 PENDING 2 PENDING,                       1 2,       MIGR-441",
        "1 2,     '',    '',         baseline=2 target=1, 1 PENDING 2 PENDING,                   1,         MIGR-442",
        "1 2,     1,     '',         baseline=2,      1 APPLIED 2 PENDING,                       2,         ''",
        "1 2,     1,     '',         baseline=9,      1 APPLIED 2 PENDING,                       2,         ''",
        "1 2 3,   2 3,   '',         baseline=1 target=1 allow=, 1 LATE 2 APPLIED 3 APPLIED,     -3 -2 1,   ''",
        "1 2,     '',    1=done 1=undo, baseline=1,   1 PENDING 2 PENDING,                       1 2,       ''",
        "1 2,     1,     1=base,     baseline=1,      1 BASELINE 2 PENDING,                      2,         ''",
        "1 2,     1,     1=base,     '',              1 BASELINE 2 PENDING,                      2,         ''",
        "1 2,     1 2,   1=base 2=base, target=2,     1 BASELINE 2 BASELINE,                     '',        ''",
        "1 3,     3,     3=base,     '',              1 LATE 3 BASELINE,                         '',        MIGR-401",
        "1,       1,     1=otherbase,'',              1 CHANGED,                                 '',        MIGR-407",
        "1,       1,     1=otherbase 1=accept, '',    1 BASELINE,                                '',        ''",
        "1,       1,     1=base 1=undo 1=done, '',    1 APPLIED,                                 '',        ''",
        "2,       1 2,   1=base 2=base, '',           1 MISSING 2 BASELINE,                      '',        MIGR-402",
        // target
        "1 2 3,   1,     '',         target=2,        1 APPLIED 2 PENDING 3 PENDING,             2,         ''",
        "1 2,     1 2,   '',         target=2,        1 APPLIED 2 APPLIED,                       '',        ''",
        "1 2 3,   1 2 3, '',         target=2,        1 APPLIED 2 APPLIED 3 APPLIED,             '',        MIGR-403",
        // undo at a deployment
        "1 2 3,   1 2 3, '',         target=1 allow=, 1 APPLIED 2 APPLIED 3 APPLIED,             -3 -2,     ''",
        "1 2 3,   1 2 3, '',         target=3 allow=, 1 APPLIED 2 APPLIED 3 APPLIED,             '',        ''",
        "1 2,     1 2 9, '',         target=2 allow=, 1 APPLIED 2 APPLIED 9 NEWER,               !405,      ''",
        "1 2,     1 2 9, '',         target=1 allow=, 1 APPLIED 2 APPLIED 9 NEWER,               -9 -2,     MIGR-426",
        "1 2,     1 2 9, '',         target=1 allow= newer=undo, 1 APPLIED 2 APPLIED 9 NEWER,    -9 -2,     ''",
        "1 2,     1 2 9, '',         newer=undo,      1 APPLIED 2 APPLIED 9 NEWER,               '',        MIGR-420",
        "1 2,     1 2 8 9, '',       newer=undo allow=, 1 APPLIED 2 APPLIED 8 NEWER 9 NEWER,     -9 -8,     ''",
        "1 2,     1 2 8 9, '',       newer=undo allow= lacks=8, 1 APPLIED 2 APPLIED 8 NEWER 9 NEWER, -9,    MIGR-421",
        "1 4,     1 5 6, '',         newer=undo allow=, 1 APPLIED 4 LATE 5 NEWER 6 NEWER,        -6 -5 4,   ''",
        "1 4,     1 3 6, '',         newer=undo allow=, 1 APPLIED 3 MISSING 4 LATE 6 NEWER,      -6 4,      MIGR-402",
        "1 4,     1 6,   1=other,    newer=undo allow=, 1 CHANGED 4 LATE 6 NEWER,                -6 4,      MIGR-407",
        "1,       1 2,   2=done,     '',              1 APPLIED 2 NEWER,                         !405,      ''",
        // what is half applied stands in the way, unless nothing is left of it
        "1,       1 8,   9=failed,   newer=undo allow=, 1 APPLIED 8 NEWER 9 FAILED,              -8 !410,   MIGR-424",
        "1,       1 8,   9=clean,    newer=undo allow=, 1 APPLIED 8 NEWER 9 FAILED,              -8 !410,   ''",
        "1,       1 8,   9=began,    newer=undo allow= resolve=9:pending, 1 APPLIED 8 NEWER 9 INTERRUPTED, forget:9 -8, ''",
        "1 2 3,   1 2,   3=failed,   stands=3/2 target=1 allow= resolve=3:applied, 1 APPLIED 2 APPLIED 3 FAILED, -2,         MIGR-424 MIGR-416",
        "1 2 3,   1 2,   3=failed,   stands=3/2 target=1 allow= resolve=3:resume,  1 APPLIED 2 APPLIED 3 FAILED, -2,         MIGR-424 MIGR-416",
        "1 2 3,   1 2,   3=failed,   stands=3/2 target=1 allow= resolve=3:skip,    1 APPLIED 2 APPLIED 3 FAILED, -2 !411,    MIGR-424",
        "1 2 3,   1 2,   3=failed,   stands=3/2 target=1 allow= resolve=3:pending, 1 APPLIED 2 APPLIED 3 FAILED, reset:3 -2, ''",
        "1 2,     1 9,   2=failed,   stands=2/2 newer=undo allow= resolve=2:applied, 1 APPLIED 2 FAILED 9 NEWER, count:2 -9, ''",
        "1 2,     1 9,   2=failed,   stands=2/2 newer=undo allow= resolve=2:resume,  1 APPLIED 2 FAILED 9 NEWER, -9 2/2,     ''",
        "1,       1,     9=failed,   resolve=9:pending, 1 APPLIED 9 FAILED,                      forget:9,  ''",
        "1,       1,     9=failed 9=reset, '',        1 APPLIED,                                 '',        ''",
        "1 2,     1,     2=failed,   stands=2/2 down=1, 1 APPLIED 2 FAILED,                      -1,        MIGR-424",
        "1 2,     1,     2=failed,   stands=2/1 down=1, 1 APPLIED 2 FAILED,                      -1,        ''",
        // undo by a person's word
        "1 2 3,   1 2 3, '',         down=2,          1 APPLIED 2 APPLIED 3 APPLIED,             -3 -2,     ''",
        "1 2 3,   1 2,   '',         down=5,          1 APPLIED 2 APPLIED 3 PENDING,             -2 -1,     ''",
        "1,       '',    '',         down=1,          1 PENDING,                                 '',        ''",
        "1 2,     1 2 9, '',         down=2,          1 APPLIED 2 APPLIED 9 NEWER,               -9 -2,     ''",
        "1 2 3,   1 2 3, '',         to=1,            1 APPLIED 2 APPLIED 3 APPLIED,             -3 -2,     ''",
        "1 2 3,   1 2 3, '',         to=3,            1 APPLIED 2 APPLIED 3 APPLIED,             '',        ''",
        "1 2 3,   1 3,   '',         to=2,            1 APPLIED 2 LATE 3 APPLIED,                '',        MIGR-425",
        "1 2 3,   1 2 3, '',         'to=1 lacks=2,3', 1 APPLIED 2 APPLIED 3 APPLIED,            '',        MIGR-421 MIGR-421",
        "1 3,     1 2 3, '',         down=2,          1 APPLIED 2 MISSING 3 APPLIED,             -3 -2,     ''",
        // an undo that did not end well
        "1 2,     1 2,   2=unfailed, stands=2/2,      1 APPLIED 2 FAILED,                        '',        MIGR-428",
        "1 2,     1 2,   2=unbegan,  stands=2/2,      1 APPLIED 2 INTERRUPTED,                   '',        MIGR-428",
        "1 2,     1 2,   2=unbegan,  stands=2/?,      1 APPLIED 2 INTERRUPTED,                   '',        MIGR-413",
        "1 2,     1 2,   2=unbegan,  stands=2/1,      1 APPLIED 2 APPLIED,                       '',        ''",
        "1,       1 2,   2=unbegan,  stands=2/2,      1 APPLIED 2 INTERRUPTED,                   '',        MIGR-428",
        "1 2,     1 2,   2=unbegan,  stands=2/2 resolve=2:applied, 1 APPLIED 2 INTERRUPTED,      forget:2,  ''",
        "1,       1 2,   2=unbegan,  stands=2/2 resolve=2:applied, 1 APPLIED 2 INTERRUPTED,      forget:2 !405, ''",
        "1,       1 2,   2=unbegan,  stands=2/2 resolve=2:applied newer=fail, 1 APPLIED 2 INTERRUPTED, forget:2, MIGR-406",
        "1 3,     1 2 3, 2=unbegan,  stands=2/2 resolve=2:applied, 1 APPLIED 2 INTERRUPTED 3 APPLIED, forget:2 accept:2, ''",
        "1 2,     1 2,   2=other 2=unbegan, stands=2/2 resolve=2:applied, 1 APPLIED 2 INTERRUPTED, forget:2 accept:2, ''",
        "1 2,     1 2,   2=unbegan,  stands=2/? resolve=2:pending, 1 APPLIED 2 INTERRUPTED,      undone:2 2, ''",
        "1 2,     1 2,   2=unbegan,  stands=2/? resolve=2:resume, 1 APPLIED 2 INTERRUPTED,       -2/3 2,    ''",
        "1 2 3,   1 2 3, 2=unbegan,  stands=2/2 resolve=2:resume, 1 APPLIED 2 INTERRUPTED 3 APPLIED, '',    MIGR-428",
        "1 2,     1 2,   2=unbegan,  stands=2/2 resolve=2:accept, 1 APPLIED 2 INTERRUPTED,       !411,      MIGR-428",
        "1 2,     1 2,   2=unbegan,  stands=2/2 down=1, 1 APPLIED 2 INTERRUPTED,                 -2/2,      ''",
        "1 2,     1 2,   2=unbegan,  stands=2/? down=1, 1 APPLIED 2 INTERRUPTED,                 '',        MIGR-413",
        "1 2 3,   1 2 3, 2=unbegan,  stands=2/2 down=1, 1 APPLIED 2 INTERRUPTED 3 APPLIED,       -3,        MIGR-428",
        "1,       1 2,   2=unbegan,  stands=2/2 newer=undo allow=, 1 APPLIED 2 INTERRUPTED,      -2/2,      ''",
        "1 2,     1 2,   2=unbegan 2=reset, '',       1 APPLIED 2 APPLIED,                       '',        ''",
        "1 2,     1,     2=unbegan,  '',              1 APPLIED 2 PENDING,                       2,         ''",
        "1,       1,     2=unbegan,  '',              1 APPLIED 2 UNDONE,                        '',        ''",
    })
    void what_is_to_be_done_follows_from_scripts_changelog_history_and_policies(
            String scripts,
            String applied,
            String history,
            String settings,
            String states,
            String does,
            String refusals) {
        MigrationPlan plan = plan(scripts, applied, history, settings);
        assertEquals(
                states,
                plan.revisions().stream()
                        .map(revision -> revision.id() + " " + revision.state())
                        .collect(Collectors.joining(" ")));
        assertEquals(does, does(plan));
        assertEquals(
                refusals,
                plan.refusals().stream()
                        .map(refusal -> refusal.explanation().code())
                        .collect(Collectors.joining(" ")));
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "target=1, 1", "target=2, 1", "'', 0"})
    void what_did_not_end_well_is_forgotten_whatever_the_target(String target, int failed) {
        Situation situation =
                situation("1 2", "1", failed == 1 ? "2=failed" : "", (failed == 1 ? "stands=2/2 " : "") + target);
        MigrationPlan plan =
                MigrationPlan.settling(situation, RevisionId.parse("2").orElseThrow(), Resolution.PENDING);
        assertEquals(
                failed,
                plan.records().stream().filter(Step.Reset.class::isInstance).count());
        assertEquals(List.of(), plan.running());
    }

    private static MigrationPlan plan(String scripts, String applied, String history, String settings) {
        return MigrationPlan.of(situation(scripts, applied, history, settings));
    }

    private static Situation situation(String scripts, String applied, String history, String settings) {
        return new Situation(
                ids(scripts).stream().map(MigrationPlanTest::script).toList(),
                changelog(applied),
                history(history),
                standings(settings),
                undoParts(settings, applied),
                goal(settings),
                Optional.ofNullable(settings(settings).get("target")).flatMap(RevisionId::parse),
                policies(settings(settings)));
    }

    @ParameterizedTest
    @CsvSource({
        "1 2 3 4, 1 4,   newer=warn, scripts,   'migrations/scripts/2_r.sql, migrations/scripts/3_r.sql', '2, 3'",
        "1 5,     1 2 3, newer=warn, changelog, '2 r2, 3 r3',                                             '2, 3'",
        "1,       1 2 3, newer=fail, changelog, '2 r2, 3 r3',                                             ''",
    })
    void a_refusal_names_its_place_and_every_revision_in_the_words_of_the_key_that_settles_it(
            String scripts, String applied, String settings, String where, String names, String ids) {
        Problem refusal = plan(scripts, applied, "", settings).refusals().get(0);
        assertEquals(where, refusal.where());
        assertTrue(refusal.explanation().what().contains(names), refusal.toString());
        assertTrue(refusal.explanation().action().contains(ids), refusal.toString());
    }

    @Test
    void what_we_applied_tells_exactly_when_and_how_long_and_what_others_applied_does_not() {
        List<Revision> revisions = plan("1 2", "1 2 3", "1=done 3=done", "").revisions();
        for (int ours : new int[] {0, 2}) {
            assertEquals(Optional.of(ENDED), revisions.get(ours).appliedAt());
            assertEquals(Optional.of(Duration.ofSeconds(5)), revisions.get(ours).duration());
            assertTrue(revisions.get(ours).appliedAtExact());
        }
        assertEquals(Optional.empty(), revisions.get(1).appliedAt(), "its text is no time");
        assertEquals(Optional.empty(), revisions.get(1).duration());
        assertFalse(revisions.get(1).appliedAtExact());
    }

    private static String does(MigrationPlan plan) {
        List<String> all = new ArrayList<>();
        for (Step step : plan.records()) {
            if (step instanceof Step.Skip skip) {
                all.add("skip:" + skip.script().id());
            } else if (step instanceof Step.Accept accept) {
                all.add("accept:" + accept.id());
            } else if (step instanceof Step.CountAsApplied count) {
                all.add("count:" + count.script().id());
            } else if (step instanceof Step.CountAsUndone undone) {
                all.add("undone:" + undone.row().id());
            } else if (step instanceof Step.Forget forget) {
                all.add("forget:" + forget.attempt().revision());
            } else if (step instanceof Step.Reset reset) {
                all.add("reset:" + reset.script().id());
            } else if (step instanceof Step.Baseline baseline) {
                all.add("base:" + baseline.script().id());
            }
        }
        plan.undoes().forEach(step -> all.add("-" + step.row().id() + (step.from() == 1 ? "" : "/" + step.from())));
        plan.steps().forEach(step -> all.add(step.script().id() + (step.from() == 1 ? "" : "/" + step.from())));
        plan.warnings().forEach(warning -> all.add("!" + warning.code().substring(5)));
        return String.join(" ", all);
    }

    private static Map<String, String> settings(String text) {
        return words(text).stream()
                .collect(Collectors.toMap(word -> word.split("=", 2)[0], word -> word.split("=", 2)[1]));
    }

    private static Policies policies(Map<String, String> settings) {
        Map<RevisionId, Resolution> resolve = new HashMap<>();
        Optional.ofNullable(settings.get("resolve")).ifPresent(text -> {
            String[] parts = text.split(":", 2);
            resolve.put(RevisionId.parse(parts[0]).orElseThrow(), Resolution.valueOf(upper(parts[1])));
        });
        return new Policies(
                LatePolicy.valueOf(upper(settings.getOrDefault("late", "fail"))),
                Policy.valueOf(upper(settings.getOrDefault("changed", "fail"))),
                Policy.valueOf(upper(settings.getOrDefault("missing", "fail"))),
                NewerPolicy.valueOf(upper(settings.getOrDefault("newer", "warn"))),
                settings.containsKey("allow"),
                resolve,
                Optional.ofNullable(settings.get("baseline")).flatMap(RevisionId::parse));
    }

    private static Goal goal(String settings) {
        Map<String, String> all = settings(settings);
        if (all.containsKey("down")) {
            return new Goal.Down(Integer.parseInt(all.get("down")));
        }
        return Optional.ofNullable(all.get("to"))
                .flatMap(RevisionId::parse)
                .<Goal>map(Goal.DownTo::new)
                .orElse(new Goal.Release());
    }

    /** All of them can run, but those that {@code lacks} names. */
    private static Map<RevisionId, UndoPart> undoParts(String settings, String applied) {
        List<RevisionId> lacking =
                ids(settings(settings).getOrDefault("lacks", "").replace(',', ' '));
        return ids(applied).stream()
                .collect(Collectors.toMap(
                        id -> id,
                        id -> lacking.contains(id)
                                ? new UndoPart.Unusable(new Problem("r" + id, Message.UNDO_MISSING.with(id)))
                                : new UndoPart.Usable(new Part.Undo(script(id)))));
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static Map<RevisionId, Standing> standings(String settings) {
        Map<RevisionId, Standing> standings = new HashMap<>();
        Optional.ofNullable(settings(settings).get("stands")).ifPresent(text -> {
            String[] parts = text.split("/", 2);
            standings.put(
                    RevisionId.parse(parts[0]).orElseThrow(),
                    parts[1].equals("?")
                            ? new Standing.Unknown(2, new Explanation("MIGR-413", "", ""))
                            : new Standing.GoOn(Integer.parseInt(parts[1])));
        });
        return standings;
    }

    private static ChangeLog.Known changelog(String applied) {
        SortedMap<RevisionId, AppliedRevision> rows = new TreeMap<>();
        ids(applied).forEach(id -> rows.put(id, new AppliedRevision(id, "at " + id, "r" + id)));
        return rows.isEmpty() ? new ChangeLog.Absent() : new ChangeLog.Present(rows);
    }

    private static History.Known history(String text) {
        List<Attempt> attempts = new ArrayList<>();
        for (String word : words(text)) {
            RevisionId id = RevisionId.parse(word.substring(0, 1)).orElseThrow();
            String what = word.substring(2);
            attempts.add(new Attempt(
                    attempts.size() + 1L,
                    id,
                    switch (what) {
                        case "skip" -> Attempt.Kind.SKIP;
                        case "accept", "retire" -> Attempt.Kind.ACCEPT;
                        case "undo", "unfailed", "unbegan" -> Attempt.Kind.UNDO;
                        case "reset" -> Attempt.Kind.RESET;
                        case "base", "otherbase" -> Attempt.Kind.BASELINE;
                        default -> Attempt.Kind.APPLY;
                    },
                    switch (what) {
                        case "failed", "unfailed", "clean" -> Attempt.Outcome.FAILED;
                        case "began", "unbegan" -> Attempt.Outcome.STARTED;
                        default -> Attempt.Outcome.DONE;
                    },
                    "r" + id,
                    "scripts/" + id + ".sql",
                    Optional.of(what.startsWith("other") || what.equals("stale") ? "sha256:other" : "sha256:" + id)
                            .filter(sum -> !what.equals("retire")),
                    1,
                    what.equals("failed") || what.equals("unfailed") ? 1 : 0,
                    "",
                    new Doubt.None(),
                    Instant.EPOCH,
                    Optional.of(ENDED).filter(end -> !what.equals("began")),
                    Optional.of(what.equals("stale") ? "at another time" : "at " + id),
                    "node",
                    "app.war",
                    "sa"));
        }
        return attempts.isEmpty() ? new History.Absent() : new History.Present(attempts);
    }

    private static Script script(RevisionId id) {
        return new Script(
                id,
                "r" + id,
                id + "_r.sql",
                "migrations/scripts/" + id + "_r.sql",
                "sha256:" + id,
                () -> ScriptContent.unknown(1));
    }

    private static List<RevisionId> ids(String text) {
        return words(text).stream().flatMap(id -> RevisionId.parse(id).stream()).toList();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}

package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.DatabaseState;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.RevisionState;
import io.github.deploymigrations.RunInProgress;
import io.github.deploymigrations.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionFormsTest {
    private static final Pattern FORM =
            Pattern.compile("action=\"/shop/migrations/orders/(\\w+)\">(.*?)</form>", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("name=\"(\\w+)\" value=\"([^\"]*)\"");

    private static Revision revision(int id, RevisionState state) {
        return new Revision(
                RevisionId.parse("" + id).orElseThrow(),
                "something",
                Optional.empty(),
                state,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static MigrationReport report(
            MigrationStatus status, Optional<RunInProgress> running, Revision... revisions) {
        return new MigrationReport(
                "orders",
                status,
                new RunSummary(
                        "production",
                        "migrate",
                        Optional.empty(),
                        "node",
                        Instant.EPOCH,
                        Duration.ZERO,
                        Duration.ZERO,
                        Map.of(),
                        Map.of(),
                        Optional.empty()),
                new DatabaseState(Optional.empty(), running, List.of(revisions), List.of(), Optional.empty()),
                Optional.empty(),
                Optional.empty());
    }

    /** The forms as {@code action?name=value&...}, each of which has to have the token. */
    private static List<String> forms(Html html) {
        List<String> forms = new ArrayList<>();
        Matcher form = FORM.matcher(html.toString());
        while (form.find()) {
            List<String> fields = FIELD.matcher(form.group(2))
                    .results()
                    .map(field -> field.group(1) + "=" + field.group(2))
                    .toList();
            assertEquals("token=t&quot;k", fields.get(0));
            forms.add(form.group(1) + "?" + String.join("&", fields.subList(1, fields.size())));
        }
        return forms;
    }

    private static ActionForms forms(Html html, String token) {
        return new ActionForms(html, "/shop/migrations/orders", new Controls(token));
    }

    @Test
    void a_database_offers_to_run_what_is_pending_and_to_undo_what_is_newest() {
        Html html = new Html();
        forms(html, "t\"k")
                .database(report(
                        MigrationStatus.PENDING,
                        Optional.empty(),
                        revision(1, RevisionState.APPLIED),
                        revision(2, RevisionState.PENDING)));

        assertEquals(List.of("run?", "undo?steps=1"), forms(html));
        assertTrue(html.toString().indexOf("<details") < html.toString().indexOf("/undo"), html::toString);
    }

    @Test
    void nothing_is_offered_while_a_run_is_at_work() {
        Optional<RunInProgress> run = Optional.of(new RunInProgress(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        Revision failed = revision(2, RevisionState.FAILED);
        MigrationReport report = report(MigrationStatus.RUNNING, run, revision(1, RevisionState.APPLIED), failed);
        Html html = new Html();

        forms(html, "t\"k").database(report);
        forms(html, "t\"k").revision(failed, report);

        assertEquals(List.of(), forms(html));
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED, reset?revision=5 resolve?revision=5&as=resume resolve?revision=5&as=pending resolve?revision=5&as=applied",
        "INTERRUPTED, reset?revision=5 resolve?revision=5&as=resume resolve?revision=5&as=pending"
                + " resolve?revision=5&as=applied",
        "LATE, resolve?revision=5&as=skip",
        "CHANGED, resolve?revision=5&as=accept undo?to=5",
        "MISSING, resolve?revision=5&as=accept undo?to=5",
        "APPLIED, undo?to=5",
        "PENDING, ''",
        "SKIPPED, ''",
    })
    void a_revision_offers_what_fits_its_state(RevisionState state, String expected) {
        Revision revision = revision(5, state);
        Html html = new Html();

        forms(html, "t\"k")
                .revision(
                        revision,
                        report(MigrationStatus.FAILED, Optional.empty(), revision, revision(6, RevisionState.APPLIED)));

        assertEquals(expected, String.join(" ", forms(html)));
    }
}

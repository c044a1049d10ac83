package io.github.deploymigrations.benchmark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.QuietLoggers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mvn -pl extension test -Pbenchmark} measures, for hours; without the profile this sees that it still would. */
class BenchmarkTest {
    private static final Sizes SIZES = Sizes.wanted();
    private static final int STARTS_WITH_NOTHING_TO_DO = 5;
    private static final Report REPORT = Report.of(SIZES);
    private static final List<Comparison.Work> SIDE_BY_SIDE =
            List.of(Comparison.Work.APPLY, Comparison.Work.NOTHING, Comparison.Work.AGAIN);

    @TempDir
    private Path folder;

    @Test
    void all_tools_apply_the_same_scripts_and_then_find_nothing_to_do() throws IOException {
        writeScripts();
        new Comparison(SIZES).measure(folder, BenchmarkTest::publish).requireComplete(SIDE_BY_SIDE);
    }

    private static void publish(Comparison comparison) throws IOException {
        for (Comparison.Work work : SIDE_BY_SIDE) {
            publish(comparison, work);
        }
        REPORT.file("performance.svg", new ComparisonChart(comparison).svg());
        REPORT.part("chart", List.of("![How long each tool takes](performance.svg)"));
    }

    private static void publish(Comparison comparison, Comparison.Work work) throws IOException {
        REPORT.part(work.part(), new ComparisonTable(comparison, work).lines());
    }

    @Test
    void all_tools_apply_the_same_scripts_in_a_jvm_that_is_warm() throws IOException {
        writeScripts();
        new Comparison(SIZES)
                .measureWarm(folder, comparison -> publish(comparison, Comparison.Work.APPLY_WARM))
                .requireComplete(List.of(Comparison.Work.APPLY_WARM));
    }

    private void writeScripts() throws IOException {
        for (int scripts : SIZES.scripts()) {
            GeneratedScripts.write(folder.resolve(String.valueOf(scripts)), scripts);
        }
    }

    @Test
    void all_tools_tell_what_they_load() throws IOException {
        GeneratedScripts.write(folder, 3);
        REPORT.part("footprint", new Footprint(folder).lines());
    }

    @Test
    void all_tools_tell_what_they_ask_an_up_to_date_database() throws Exception {
        QuietLoggers.of("liquibase");
        QuietLoggers.of("org.flywaydb");
        GeneratedScripts.write(folder, 3);
        REPORT.part("round-trips", new RoundTrips(SIZES.places(), folder).lines());
    }

    @Test
    void a_big_script_runs_through_a_small_heap() throws IOException {
        GeneratedScripts.writeBig(folder, SIZES.megabytes() * 1024);
        REPORT.part("big-script", new BigScript(SIZES.places(), SIZES.megabytes(), folder).lines());
    }

    @Test
    void nodes_start_at_once() throws IOException {
        GeneratedScripts.write(folder, 20);
        REPORT.part("nodes", new Crowd(SIZES.nodes(), SIZES.rounds(), folder).lines());
    }

    @Test
    void it_is_seen_where_a_start_is_at_work() throws IOException {
        int scripts = SIZES.scripts().get(SIZES.scripts().size() - 1);
        GeneratedScripts.write(folder, scripts);
        for (Place place : SIZES.places()) {
            if (place == Place.H2_FILE || place == Place.POSTGRESQL) {
                profile(place, scripts);
            }
        }
    }

    private void profile(Place place, int scripts) throws IOException {
        Flames apply = new Flames();
        Flames nothing = new Flames();
        for (int round = 0; round < SIZES.rounds(); round++) {
            try (FreshStart start = new FreshStart(Tool.OURS, place, folder)) {
                start.profile(apply);
                for (int again = 0; again < STARTS_WITH_NOTHING_TO_DO; again++) {
                    start.profile(nothing);
                }
            }
        }
        assertTrue(apply.samples() > 0 && nothing.samples() > 0, "nothing was sampled");
        String name = place.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".svg";
        String where = place.title() + ", " + scripts + " scripts";
        REPORT.file("flames-apply-" + name, apply.svg("First apply, " + where));
        REPORT.file("flames-nothing-" + name, nothing.svg("Nothing to do, " + where));
    }

    @Test
    void what_is_kept_after_the_start_is_counted() throws IOException {
        GeneratedScripts.write(folder, SIZES.revisions());
        REPORT.part("memory", new Retention(SIZES.revisions(), folder).lines());
    }

    @Test
    void requests_for_the_status_are_answered_again_and_again() throws Exception {
        REPORT.part("load", new StatusLoad(SIZES.loadRevisions(), SIZES.load(), folder).lines());
    }
}

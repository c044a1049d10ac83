package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.deploymigrations.DatabaseState;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.Progress;
import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.RevisionState;
import io.github.deploymigrations.RunInProgress;
import io.github.deploymigrations.RunSummary;
import io.github.deploymigrations.deployment.DatabaseReport;
import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.deployment.DeploymentReport;
import io.github.deploymigrations.settings.StatusSettings;
import io.github.deploymigrations.testing.JettyServer;
import io.github.deploymigrations.testing.TestWar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricsProcessor;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.walkers.CollectorPrometheusMetricsWalker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    /** What Prometheus 2.53 asks with. */
    private static final String PROMETHEUS =
            "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
                    + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void build() {
        shop = new Shop(folder).with("status-access=open");
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
    }

    @Test
    void prometheus_reads_state_counts_durations_and_success() throws Exception {
        JettyServer server = shop.script("1_create_product.sql", Shop.CREATE)
                .script("2_insert_products.sql", Shop.INSERT)
                .started();

        Map<String, Double> samples = samples(server.get("/migrations/metrics", "Accept", "text/plain"));

        assertEquals(1, samples.get("state{block=default, status=UP_TO_DATE}"));
        assertEquals(0, samples.get("state{block=default, status=FAILED}"));
        assertEquals(2, samples.get("revisions{block=default, state=APPLIED}"));
        assertEquals(0, samples.get("revisions{block=default, state=PENDING}"));
        assertEquals(0, samples.get("run_failed{block=default}"));
        assertEquals(0, samples.get("running{block=default}"));
        assertTrue(samples.get("run_duration_seconds{block=default}") > 0, samples::toString);
        assertTrue(samples.get("lock_wait_seconds{block=default}") >= 0, samples::toString);
        double now = Instant.now().getEpochSecond();
        assertEquals(now, samples.get("last_success_timestamp_seconds{block=default}"), 60);
        assertEquals(now, samples.get("last_applied_timestamp_seconds{block=default}"), 60);
    }

    @Test
    void a_failed_run_has_no_success() throws Exception {
        JettyServer server = shop.with("on-failure=warn")
                .script("1_create_product.sql", Shop.CREATE)
                .script("2_broken.sql", Shop.BROKEN)
                .started();

        Map<String, Double> samples = samples(server.get("/migrations/metrics", "Accept", "text/plain"));

        assertEquals(1, samples.get("state{block=default, status=FAILED}"));
        assertEquals(1, samples.get("run_failed{block=default}"));
        assertEquals(1, samples.get("revisions{block=default, state=FAILED}"));
        assertFalse(samples.containsKey("last_success_timestamp_seconds{block=default}"), samples::toString);
        assertTrue(samples.containsKey("last_applied_timestamp_seconds{block=default}"), samples::toString);
    }

    @Test
    void each_block_has_its_own_and_one_that_is_off_has_no_run() throws Exception {
        JettyServer server = shop.file("WEB-INF/beans.xml", TestWar.beansXml("""
                                <migrations xmlns="urn:mybatis-migrations:1.0" name="stock"/>
                                <migrations xmlns="urn:mybatis-migrations:1.0" name="orders">
                                  <property name="mode" value="off"/>
                                </migrations>
                                """))
                .script("1_create_product.sql", Shop.CREATE)
                .started();

        Map<String, Double> samples = samples(server.get("/migrations/metrics", "Accept", "text/plain"));

        assertEquals(1, samples.get("state{block=stock, status=UP_TO_DATE}"));
        assertEquals(1, samples.get("state{block=orders, status=OFF}"));
        assertFalse(samples.containsKey("run_duration_seconds{block=orders}"), samples::toString);
    }

    @Test
    void the_format_is_the_one_that_is_asked_for() throws Exception {
        JettyServer server = shop.script("1_create_product.sql", Shop.CREATE).started();

        for (HttpResponse<String> openMetrics : List.of(
                server.get("/migrations/metrics"),
                server.get("/migrations/metrics", "Accept", PROMETHEUS),
                server.get("/migrations/metrics?format=openmetrics", "Accept", "text/plain"))) {
            assertEquals("application/openmetrics-text;version=1.0.0;charset=utf-8", type(openMetrics));
            assertTrue(openMetrics.body().endsWith("\n# EOF\n"), openMetrics::body);
        }
        for (HttpResponse<String> text : List.of(
                server.get("/migrations/metrics?format=text"),
                server.get("/migrations/metrics", "Accept", "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"))) {
            assertEquals("text/plain;version=0.0.4;charset=utf-8", type(text));
            assertFalse(text.body().contains("EOF"), text::body);
        }
        assertEquals(400, server.get("/migrations/metrics?format=json").statusCode());
    }

    /** By the parser of Prometheus' own Python client, Debian's python3-prometheus-client, which is strict. */
    @Test
    void openmetrics_is_what_the_reference_parser_accepts() throws Exception {
        String python = "/usr/bin/python3";
        boolean there = run("", python, "-c", "import prometheus_client.openmetrics.parser") == 0;
        if (!there) {
            System.err.println("NOT TESTED: OpenMetrics; install python3-prometheus-client, as .ci/run does");
        }
        assumeTrue(there || System.getenv("CI") != null);
        JettyServer server = shop.with("on-failure=warn")
                .script("1_create_product.sql", Shop.CREATE)
                .script("2_broken.sql", Shop.BROKEN)
                .started();

        String parse =
                "import sys; from prometheus_client.openmetrics.parser import text_string_to_metric_families as f;"
                        + " sys.exit(0 if len(list(f(sys.stdin.read()))) > 5 else 'too few')";
        assertEquals(0, run(server.get("/migrations/metrics").body(), python, "-c", parse));
    }

    @Test
    void every_metric_is_documented_and_what_is_documented_is_a_metric() throws Exception {
        Set<String> documented = Pattern.compile("`(mybatis_migrations_[a-z_]+)`")
                .matcher(Files.readString(Path.of("..", "docs", "http.md")))
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toSet());
        Progress progress = new Progress(
                Optional.of("1_a.sql"),
                OptionalInt.of(1),
                OptionalInt.of(2),
                3,
                4,
                OptionalLong.of(5),
                Optional.of(Instant.now()));
        DatabaseReport database = new DatabaseReport(Optional.empty(), report(progress));
        DeploymentReport report = new DeploymentReport(List.of(database), StatusSettings.CLOSED);

        Set<String> written = Metrics.of(new Status(report, report, Deployment.current()), Exposition.OPENMETRICS)
                .body()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ", -1)[2])
                .collect(Collectors.toSet());

        assertEquals(written, documented);
    }

    private static MigrationReport report(Progress progress) {
        RunInProgress running = new RunInProgress(
                Optional.empty(),
                Optional.empty(),
                Optional.of(Instant.now()),
                Optional.empty(),
                Optional.of(progress));
        Revision revision = new Revision(
                new RevisionId(BigInteger.ONE),
                "a",
                Optional.empty(),
                RevisionState.APPLIED,
                Optional.of(Instant.now()),
                true,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
        return new MigrationReport(
                "default",
                MigrationStatus.RUNNING,
                new RunSummary(
                        "production",
                        "migrate",
                        Optional.empty(),
                        "node-1",
                        Instant.now(),
                        Duration.ZERO,
                        Duration.ZERO,
                        Map.of(),
                        Map.of(),
                        Optional.empty()),
                new DatabaseState(
                        Optional.empty(), Optional.of(running), List.of(revision), List.of(), Optional.empty()),
                Optional.empty(),
                Optional.empty());
    }

    private static int run(String input, String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .inheritIO()
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .start();
        } catch (IOException e) {
            return -1;
        }
        try (var pipe = process.getOutputStream()) {
            pipe.write(input.getBytes(StandardCharsets.UTF_8));
        }
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return process.exitValue();
    }

    private static String type(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Content-Type")
                .orElse("")
                .replace(" ", "")
                .toLowerCase(Locale.ROOT);
    }

    /** By the names without our prefix, and the labels. */
    private static Map<String, Double> samples(HttpResponse<String> response) {
        assertEquals(200, response.statusCode());
        CollectorPrometheusMetricsWalker collector = new CollectorPrometheusMetricsWalker();
        new TextPrometheusMetricsProcessor(
                        new ByteArrayInputStream(response.body().getBytes(StandardCharsets.UTF_8)), collector)
                .walk();
        Map<String, Double> samples = new TreeMap<>();
        for (MetricFamily family : collector.getAllMetricFamilies()) {
            family.getMetrics()
                    .forEach(metric -> samples.put(
                            metric.getName().replaceFirst("^mybatis_migrations_", "")
                                    + new TreeMap<>(metric.getLabels()),
                            ((Gauge) metric).getValue()));
        }
        return samples;
    }
}

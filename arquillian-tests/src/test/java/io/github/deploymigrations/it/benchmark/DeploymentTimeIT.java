package io.github.deploymigrations.it.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.it.TestWar;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.as.controller.client.Operation;
import org.jboss.as.controller.client.OperationBuilder;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How long WildFly takes to deploy the sample, whose database is up to date, with the jar, with MyBatis alone and without
 * both: by turns, on one server, the WAR being there already. Every build sees that it would still measure;
 * {@code -Dbenchmark.publish=true} measures, and writes into {@code docs/performance.md}.
 */
@ExtendWith(ArquillianExtension.class)
class DeploymentTimeIT {
    private static final boolean PUBLISHED = Boolean.getBoolean("benchmark.publish");
    private static final int ROUNDS = Integer.getInteger("benchmark.deployments", PUBLISHED ? 40 : 2);
    private static final int WARM_UP = PUBLISHED ? 20 : 1;
    private static final Path FOLDER = PUBLISHED ? Path.of("..", "docs") : Path.of("target", "benchmark");
    private static final String APPLICATION = "http://127.0.0.1:" + (8080 + Integer.getInteger("server.port-offset"));

    private enum Sample {
        WITHOUT("without the jar"),
        /** As little as a deployment can do that asks whether all scripts are applied. */
        MYBATIS("MyBatis in a listener"),
        WITH("with the jar");

        private final String title;

        Sample(String title) {
            this.title = title;
        }

        ModelNode address() {
            return Operations.createAddress("deployment", "timed-" + name() + ".war");
        }

        WebArchive archive() {
            WebArchive war = ShrinkWrap.create(ZipImporter.class, name() + ".war")
                    .importFrom(TestWar.builtFile("shop.war"))
                    .as(WebArchive.class);
            if (this != WITH) {
                war.delete("WEB-INF/lib");
            }
            if (this == MYBATIS) {
                war.addAsLibrary(TestWar.builtFile("mybatis-migrations.jar"), "mybatis-migrations.jar");
                war.addClass(MyBatisListener.class);
                war.addAsWebInfResource(
                        TestWar.text("<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\"><listener>"
                                + "<listener-class>" + MyBatisListener.class.getName()
                                + "</listener-class></listener></web-app>"),
                        "web.xml");
            }
            return war;
        }
    }

    @Test
    void the_jar_adds_little_to_a_deployment_that_has_nothing_to_do() throws IOException, InterruptedException {
        Map<Sample, List<Double>> millis = new EnumMap<>(Sample.class);
        try (ModelControllerClient server =
                ModelControllerClient.Factory.create("127.0.0.1", Integer.getInteger("server.management-port"))) {
            try {
                for (Sample sample : Sample.values()) {
                    millis.put(sample, new ArrayList<>());
                    add(server, sample);
                }
                List<Sample> turns = new ArrayList<>(List.of(Sample.WITH, Sample.MYBATIS, Sample.WITHOUT));
                for (int round = -WARM_UP; round < ROUNDS; round++) {
                    for (Sample sample : turns) {
                        double taken = deploy(server, sample);
                        if (round >= 0) {
                            millis.get(sample).add(taken);
                        }
                    }
                    Collections.reverse(turns);
                }
            } finally {
                for (Sample sample : Sample.values()) {
                    server.execute(Operations.createRemoveOperation(sample.address()));
                }
            }
        }
        write(millis);
    }

    private static void add(ModelControllerClient server, Sample sample) throws IOException {
        try (InputStream content = sample.archive().as(ZipExporter.class).exportAsInputStream()) {
            ModelNode operation = Operations.createAddOperation(sample.address());
            operation.get("runtime-name").set("timed.war");
            operation.get("enabled").set(false);
            operation.get("content").get(0).get("input-stream-index").set(0);
            succeed(
                    server,
                    OperationBuilder.create(operation).addInputStream(content).build());
        }
    }

    /** How many milliseconds it takes until the server says that the application is there. */
    private static double deploy(ModelControllerClient server, Sample sample) throws IOException, InterruptedException {
        long start = System.nanoTime();
        succeed(server, Operation.Factory.create(Operations.createOperation("deploy", sample.address())));
        double taken = (System.nanoTime() - start) / 1e6;
        assertEquals(sample == Sample.WITH ? 200 : 404, status("/timed/migrations/health"));
        assertEquals(200, status("/timed/"));
        succeed(server, Operation.Factory.create(Operations.createOperation("undeploy", sample.address())));
        return taken;
    }

    private static int status(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(APPLICATION + path)).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static void succeed(ModelControllerClient server, Operation operation) throws IOException {
        ModelNode answer = server.execute(operation);
        assertTrue(Operations.isSuccessfulOutcome(answer), answer::asString);
    }

    private static void write(Map<Sample, List<Double>> millis) throws IOException {
        Map<String, Distribution> rows = new LinkedHashMap<>();
        millis.forEach((sample, taken) -> rows.put(sample.title, new Distribution(taken)));
        StringBuilder text = new StringBuilder(
                "| Sample | Deployments | Median | 10 of 100 within | 90 of 100 within |\n|---|---:|---:|---:|---:|\n");
        rows.forEach((title, row) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %d | %.0f ms | %.0f ms | %.0f ms |\n",
                title,
                row.millis().size(),
                row.median(),
                row.part(0.1),
                row.part(0.9))));
        text.append(String.format(
                Locale.ROOT,
                """

                        By the medians the jar takes **%.0f ms** and MyBatis alone %.0f ms.

                        ![Each deployment a dot](deployment-time.svg)
                        """,
                rows.get(Sample.WITH.title).median()
                        - rows.get(Sample.WITHOUT.title).median(),
                rows.get(Sample.MYBATIS.title).median()
                        - rows.get(Sample.WITHOUT.title).median()));
        System.out.println(text);
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("deployment-time.svg"), new DistributionChart(rows).svg());
        Path page = FOLDER.resolve(PUBLISHED ? "performance.md" : "deployment.md");
        Files.writeString(page, PUBLISHED ? between(Files.readString(page), text.toString()) : text.toString());
    }

    private static String between(String page, String text) {
        String begin = "<!-- benchmark deployment: begin -->\n";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf("<!-- benchmark deployment: end -->");
        if (from < begin.length() || to < from) {
            throw new IllegalStateException("no markers");
        }
        return page.substring(0, from) + text + page.substring(to);
    }
}

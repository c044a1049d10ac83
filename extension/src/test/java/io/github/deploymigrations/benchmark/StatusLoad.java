package io.github.deploymigrations.benchmark;

import io.github.deploymigrations.testing.JettyServer;
import io.github.deploymigrations.testing.SmallPool;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestNaming;
import io.github.deploymigrations.testing.TestServer;
import io.github.deploymigrations.testing.TestWar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;

/** What Jetty answers about an application on PostgreSQL that has a pool of two connections. */
record StatusLoad(List<Integer> revisions, Duration time, Path folder) {
    private static final int CLIENTS = 4;

    /** Who asks for what. */
    private enum Question {
        JSON("`GET /migrations`, JSON", "/migrations", true),
        HTML("`GET /migrations`, HTML", "/migrations?format=html", true),
        METRICS("`/migrations/metrics`", "/migrations/metrics", true),
        READER("`/migrations/health`, who may read", "/migrations/health", true),
        PROBE("`/migrations/health`, anyone", "/migrations/health", false);

        private final String title;
        private final String path;
        private final boolean loggedIn;

        Question(String title, String path, boolean loggedIn) {
            this.title = title;
            this.path = path;
            this.loggedIn = loggedIn;
        }

        String[] headers() {
            return loggedIn ? JettyServer.as("ann") : new String[0];
        }
    }

    /** As Markdown. */
    List<String> lines() throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add("| Revisions | Request | Size | Requests a second | Median | 99 of 100 within | Statements a second |"
                + " Statements a request |");
        lines.add("|---:|---|---:|---:|---:|---:|---:|---:|");
        for (int count : revisions) {
            try (TestDatabase database = TestServer.POSTGRESQL.fresh();
                    SmallPool pool = new SmallPool(database.dataSource(), 2, Duration.ofSeconds(30));
                    TestWar war = war(count)) {
                Counted counted = new Counted(pool.dataSource());
                TestNaming.bind("java:comp/DefaultDataSource", counted.dataSource());
                try (JettyServer server = new JettyServer(war).login(new BasicAuthenticator(), "ann", "migrations")) {
                    server.start();
                    for (Question question : Question.values()) {
                        lines.add("| " + count + " | " + question.title + " | " + cells(server, question, counted));
                    }
                } finally {
                    TestNaming.clear();
                }
            }
        }
        return lines;
    }

    private String cells(JettyServer server, Question question, Counted counted) throws Exception {
        Load load = new Load(server.address() + question.path, question.headers(), CLIENTS);
        load.during(time);
        int before = counted.statements();
        Load.Answers answers = load.during(time);
        int statements = counted.statements() - before;
        return String.format(
                Locale.ROOT,
                "%,.1f KB | %,.0f | %.2f ms | %.2f ms | %.1f | %.4f |",
                answers.size() / 1024.0,
                answers.aSecond(),
                answers.millis(0.5),
                answers.millis(0.99),
                statements / answers.seconds(),
                statements / (double) answers.millis().size());
    }

    private TestWar war(int count) throws Exception {
        Path root = folder.resolve("war-" + count);
        Path scripts = folder.resolve(String.valueOf(count));
        GeneratedScripts.write(scripts, count);
        Files.createDirectories(root.resolve("WEB-INF/classes"));
        Files.move(GeneratedScripts.ofMyBatis(scripts), root.resolve("WEB-INF/classes/migrations"));
        return new TestWar(root);
    }
}

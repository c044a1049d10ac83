package io.github.deploymigrations.it.everywhere;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.it.Application;
import io.github.deploymigrations.it.TestWar;
import io.github.deploymigrations.it.app.Greeting;
import java.net.URI;
import java.util.List;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test for every server: with an empty database, and nothing left behind. */
@ExtendWith(ArquillianExtension.class)
abstract class EverywhereTest {
    static final Environment ENVIRONMENT = Environment.current();

    @ArquillianResource
    LiveServer server;

    Database database;
    private Logs logs;

    @BeforeEach
    final void begin() {
        database = Database.empty();
        logs = new Logs(ENVIRONMENT.logs(), Logs.From.NOW);
    }

    @AfterEach
    final void end() {
        server.clear();
    }

    /** A WAR that runs on this server, without any settings, and with JSON Binding. */
    static TestWar war(String name) {
        TestWar war = plainWar(name);
        return ENVIRONMENT.hasJsonBinding()
                ? war
                : war.library("yasson.jar")
                        .library("parsson.jar")
                        .library("jakarta.json-api.jar")
                        .library("jakarta.json.bind-api.jar");
    }

    /** The same with what every WAR needs on this server, and no more. */
    static TestWar plainWar(String name) {
        TestWar war = TestWar.named(name).classes(Greeting.class, Greeting.Filtering.class);
        war.archive().addAsWebResource(TestWar.text(Greeting.TEXT), "page.html");
        return ENVIRONMENT.equipped(war);
    }

    /** A WAR with the DataSource of the server, and these settings beside. */
    static TestWar furniture(String... settings) {
        return configured("furniture", ENVIRONMENT.dataSource(), settings);
    }

    /** A WAR with settings where the server likes them. */
    static TestWar configured(String name, String dataSource, String... more) {
        TestWar war = ENVIRONMENT.referring(war(name), "");
        return settings(war, dataSource, more);
    }

    static TestWar settings(TestWar war, String dataSource, String... more) {
        String[] all = new String[more.length + 2];
        all[0] = "data-source";
        all[1] = dataSource;
        System.arraycopy(more, 0, all, 2, more.length);
        return ENVIRONMENT.toleratesSettingsInBeansXml() ? war.settings(all) : inProperties(war, all);
    }

    static TestWar inProperties(TestWar war, String... settings) {
        String[] lines = new String[settings.length / 2];
        for (int line = 0; line < lines.length; line++) {
            lines[line] = settings[2 * line] + " = " + settings[2 * line + 1];
        }
        return war.resource("META-INF/mybatis-migrations.properties", lines);
    }

    /** Deploys, and the application answers. */
    Application deploy(TestWar war) {
        server.deploy(war.archive());
        return answering(application(war.archive().getName()));
    }

    static Application answering(Application application) {
        for (String path : Caller.PATHS) {
            assertEquals(Greeting.TEXT, application.read(path).strip(), path);
        }
        return application;
    }

    static Application application(String archive) {
        String name = archive.replaceFirst("\\.[we]ar$", "");
        return new Application(
                URI.create("http://127.0.0.1:" + System.getProperty("server.http-port") + "/" + name + "/"));
    }

    List<String> applied() {
        return database.query("SELECT id FROM changelog ORDER BY id");
    }

    String log() {
        return logs.text();
    }
}

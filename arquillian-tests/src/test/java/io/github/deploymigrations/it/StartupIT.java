package io.github.deploymigrations.it;

import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import io.github.deploymigrations.it.app.ChatNotifier;
import io.github.deploymigrations.it.app.Crier;
import io.github.deploymigrations.it.app.EarlyBean;
import io.github.deploymigrations.it.app.EarlyListener;
import io.github.deploymigrations.it.app.Visitors;
import io.github.deploymigrations.it.app.Witness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What starts with the application finds the migrated schema. */
@ExtendWith(ArquillianExtension.class)
class StartupIT {
    @RegisterExtension
    final Server server = new Server();

    @Test
    void singletons_and_listeners_find_the_migrated_schema() {
        String database = server.newDatabase();
        assertVisited(
                server.deploy(withVisitors(database).settings("data-source", "java:comp/env/jdbc/visitors")), database);
    }

    @Test
    void beans_hear_of_the_outcome_and_listeners_of_each_revision() {
        String database = server.newDatabase();
        Application application = server.deploy(TestWar.named("furniture")
                .settings("data-source", database)
                .webXml(TestWar.resourceReference("jdbc/visitors", database))
                .classes(Witness.class, Crier.class, Visitors.class)
                .resource("META-INF/services/io.github.deploymigrations.MigrationListener", Crier.class.getName())
                .script("1_create_visitor.sql", "CREATE TABLE visitor (name VARCHAR(100));"));
        assertEquals("event default 1, bean UP_TO_DATE 1", application.query(database, "SELECT name FROM visitor"));
        assertSays(server.log(), "default has 1");
    }

    @Test
    void the_listener_of_the_documentation_tells_a_chat_of_what_was_applied_and_of_what_failed() throws IOException {
        List<String> chat = new CopyOnWriteArrayList<>();
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listening.createContext("/", exchange -> {
            chat.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        listening.start();
        server.setSystemProperty(
                "chat.address", "http://127.0.0.1:" + listening.getAddress().getPort());
        try {
            String database = server.newDatabase();
            server.deploy(notifying(database));
            server.refuse(notifying(database).script("2_broken.sql", "CREATE TABEL item (id INT);"));
        } finally {
            listening.stop(0);
        }
        assertEquals(2, chat.size(), chat::toString);
        assertEquals("default is now at revision 1", chat.get(0));
        assertSays(chat.get(1), "default failed on ", "MIGR-501 The script 2_broken.sql failed");
    }

    private static TestWar notifying(String database) {
        return TestWar.named("furniture")
                .settings("data-source", database)
                .classes(ChatNotifier.class)
                .resource(
                        "META-INF/services/io.github.deploymigrations.MigrationListener", ChatNotifier.class.getName())
                .script("1_create_item.sql", "CREATE TABLE item (name VARCHAR(100));");
    }

    @Test
    void they_find_it_in_an_application_without_beans_xml() {
        String database = server.newDatabase();
        assertVisited(
                server.deploy(withVisitors(database)
                        .resource("META-INF/mybatis-migrations.properties", "data-source = " + database)),
                database);
    }

    private static TestWar withVisitors(String database) {
        return TestWar.named("furniture")
                .webXml(TestWar.resourceReference("jdbc/visitors", database))
                .classes(EarlyBean.class, EarlyListener.class, Visitors.class)
                .script("1_create_visitor.sql", "CREATE TABLE visitor (name VARCHAR(100));");
    }

    private static void assertVisited(Application application, String database) {
        assertEquals(
                "EJB singleton\nservlet context listener",
                application.query(database, "SELECT name FROM visitor ORDER BY name"));
    }
}

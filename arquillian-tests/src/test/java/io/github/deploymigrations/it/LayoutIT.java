package io.github.deploymigrations.it;

import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.FileAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Where a deployment has its scripts; in each place, one with a name that needs care. */
@ExtendWith(ArquillianExtension.class)
class LayoutIT {
    private static final String CREATE = "1_create_item.sql";
    private static final String INSERT = "2_füge [Stühle] ein, 100% & +1#.sql";

    @RegisterExtension
    final Server server = new Server();

    @Test
    void a_zipped_WAR() {
        String database = server.newDatabase();
        assertApplied(server.deploy(withScripts(database)), database);
    }

    @Test
    void a_zipped_WAR_whose_own_name_has_blanks_and_umlauts() {
        String database = server.newDatabase();
        assertApplied(server.deploy(withScripts("Stühle + Tische 2", database)), database);
    }

    /** WildFly itself cannot read the beans.xml of such a WAR (39.0.1). */
    @Test
    void a_zipped_WAR_with_brackets_in_its_own_name_and_without_beans_xml() {
        String database = server.newDatabase();
        assertApplied(
                server.deploy(TestWar.named("Stühle [2]")
                        .resource("META-INF/mybatis-migrations.properties", "data-source=" + database)
                        .script(CREATE, create())
                        .script(INSERT, insert())),
                database);
    }

    @Test
    void an_exploded_WAR(@TempDir Path folder) {
        String database = server.newDatabase();
        assertApplied(server.deployExploded(withScripts(database), folder), database);
    }

    @Test
    void an_exploded_WAR_in_a_folder_with_blanks_and_umlauts(@TempDir Path folder) throws IOException {
        String database = server.newDatabase();
        Path strange = Files.createDirectory(folder.resolve("mit Ähren +"));
        assertApplied(server.deployExploded(withScripts(database), strange), database);
    }

    @Test
    void a_library_in_a_WAR() {
        String database = server.newDatabase();
        JavaArchive library = ShrinkWrap.create(JavaArchive.class, "scripts.jar")
                .addAsResource(TestWar.text(create()), "migrations/scripts/" + CREATE)
                .addAsResource(TestWar.text(insert()), "migrations/scripts/" + INSERT);
        assertApplied(
                server.deploy(TestWar.named("furniture").library(library).settings("data-source", database)), database);
    }

    @Test
    void two_libraries_that_have_one_id_are_both_named() {
        JavaArchive orders = ShrinkWrap.create(JavaArchive.class, "orders.jar")
                .addAsResource(TestWar.text(create()), "migrations/scripts/" + CREATE);
        JavaArchive stock = ShrinkWrap.create(JavaArchive.class, "stock.jar")
                .addAsResource(TestWar.text(create()), "migrations/scripts/01_other.sql");
        String failure = server.refuse(TestWar.named("furniture")
                .library(orders)
                .library(stock)
                .settings("data-source", server.newDatabase()));
        assertSays(failure, "MIGR-203", "(WEB-INF/lib/orders.jar)", "(WEB-INF/lib/stock.jar)");
    }

    @Test
    void a_WAR_in_an_EAR() {
        String database = server.newDatabase();
        server.deploy(ShrinkWrap.create(EnterpriseArchive.class, "company.ear")
                .addAsModule(withScripts(database).archive()));
        assertApplied(Server.application("furniture.war"), database);
    }

    @Test
    void each_WAR_in_an_EAR_has_its_own() {
        String database = server.newDatabase();
        String other = server.newDatabase();
        server.deploy(ShrinkWrap.create(EnterpriseArchive.class, "company.ear")
                .addAsModule(withScripts(database).archive())
                .addAsModule(TestWar.named("garden")
                        .settings("data-source", other)
                        .script("7_create_plant.sql", "CREATE TABLE plant (name VARCHAR(100));")
                        .archive()));
        assertApplied(Server.application("furniture.war"), database);
        assertEquals("7", Server.application("garden.war").query(other, "SELECT id FROM changelog"));
    }

    @Test
    void the_jar_beside_the_WAR_in_an_EAR_is_refused_and_not_passed_over() {
        String failure = server.refuse(ShrinkWrap.create(EnterpriseArchive.class, "company.ear")
                .addAsManifestResource(
                        new StringAsset(
                                "<application xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"10\"><module><web>"
                                        + "<web-uri>furniture.war</web-uri><context-root>/furniture</context-root></web></module>"
                                        + "<library-directory>libs</library-directory></application>"),
                        "application.xml")
                .add(new FileAsset(TestWar.builtFile("extension.jar")), "libs/extension.jar")
                .add(new FileAsset(TestWar.builtFile("mybatis-migrations.jar")), "libs/mybatis-migrations.jar")
                .addAsModule(TestWar.withoutExtension("furniture")
                        .settings("data-source", server.newDatabase())
                        .script(CREATE, create())
                        .archive()));
        assertSays(failure, "MIGR-121", "into WEB-INF/lib of the WAR");
    }

    @Test
    void the_jar_among_the_libraries_of_an_EAR_is_refused() {
        String failure = server.refuse(ShrinkWrap.create(EnterpriseArchive.class, "company.ear")
                .addAsLibrary(TestWar.builtFile("extension.jar"))
                .addAsLibrary(TestWar.builtFile("mybatis-migrations.jar"))
                .addAsModule(TestWar.withoutExtension("furniture")
                        .settings("data-source", server.newDatabase())
                        .script(CREATE, create())
                        .archive()));
        assertSays(
                failure,
                "MIGR-121 EAR: The jar of the migrations is outside of the WAR",
                "into WEB-INF/lib of the WAR");
    }

    private static TestWar withScripts(String database) {
        return withScripts("furniture", database);
    }

    private static TestWar withScripts(String war, String database) {
        return TestWar.named(war)
                .settings("data-source", database)
                .script(CREATE, create())
                .script(INSERT, insert());
    }

    private static String create() {
        return "CREATE TABLE item (name VARCHAR(100));";
    }

    private static String insert() {
        return "INSERT INTO item VALUES ('Stühle');";
    }

    private static void assertApplied(Application application, String database) {
        assertEquals("Stühle", application.query(database, "SELECT name FROM item"));
        assertEquals(
                "1 create item\n2 füge [Stühle] ein, 100% & +1#",
                application.query(database, "SELECT id, description FROM changelog ORDER BY id"));
    }
}

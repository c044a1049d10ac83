package io.github.deploymigrations.it;

import io.github.deploymigrations.it.app.QueryServlet;
import java.io.File;
import java.nio.charset.StandardCharsets;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.ByteArrayAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A WAR made for one test. Its servlet answers queries, so that one sees the database as the application does. */
public final class TestWar {
    private final WebArchive archive;

    private TestWar(String name) {
        archive = ShrinkWrap.create(WebArchive.class, name + ".war").addClass(QueryServlet.class);
    }

    /** A WAR with the extension in it, as Maven would put it there. */
    public static TestWar named(String name) {
        return withoutExtension(name).library("extension.jar").library("mybatis-migrations.jar");
    }

    public static TestWar withoutExtension(String name) {
        return new TestWar(name);
    }

    /** The one block of settings, in beans.xml from line 3 on: keys and values, in turn. */
    public TestWar settings(String... keysAndValues) {
        return beansXml(blockWith("", keysAndValues));
    }

    /** The blocks of settings, made by {@link #block}. */
    public TestWar beansXml(String... blocks) {
        return webInf("beans.xml", """
                <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated">
                %s</beans>
                """.formatted(String.join("", blocks)));
    }

    /** A named block of settings for {@link #beansXml}. */
    public static String block(String name, String... keysAndValues) {
        return blockWith(" name=\"" + name + "\"", keysAndValues);
    }

    private static String blockWith(String attributes, String... keysAndValues) {
        StringBuilder block =
                new StringBuilder("<migrations xmlns=\"urn:mybatis-migrations:1.0\"" + attributes + ">\n");
        for (int index = 0; index < keysAndValues.length; index += 2) {
            block.append("  <property name=\"%s\" value=\"%s\"/>\n"
                    .formatted(keysAndValues[index], keysAndValues[index + 1]));
        }
        return block.append("</migrations>\n").toString();
    }

    /** A script in the usual folder. */
    public TestWar script(String file, String... lines) {
        return resource("migrations/scripts/" + file, lines);
    }

    /** A file on the class path. */
    public TestWar resource(String path, String... lines) {
        archive.addAsResource(text(String.join("\n", lines) + "\n"), path);
        return this;
    }

    /** A file in WEB-INF. */
    public TestWar webInf(String path, String content) {
        archive.addAsWebInfResource(text(content), path);
        return this;
    }

    /** The deployment descriptor, with these elements. */
    public TestWar webXml(String elements) {
        return webInf("web.xml", """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                %s
                </web-app>
                """.formatted(elements));
    }

    /** A resource reference for web.xml, to the DataSource of this name if there is one. */
    public static String resourceReference(String name, String... dataSource) {
        String lookup = dataSource.length == 0 ? "" : "<lookup-name>" + dataSource[0] + "</lookup-name>";
        return """
                <resource-ref>
                  <res-ref-name>%s</res-ref-name>
                  <res-type>javax.sql.DataSource</res-type>
                  <res-auth>Container</res-auth>
                  %s
                </resource-ref>
                """.formatted(name, lookup);
    }

    public TestWar classes(Class<?>... classes) {
        archive.addClasses(classes);
        return this;
    }

    /** One of the files that the build has prepared, by the system property that names it. */
    public TestWar library(String property) {
        archive.addAsLibrary(builtFile(property), property);
        return this;
    }

    public TestWar library(JavaArchive library) {
        archive.addAsLibrary(library);
        return this;
    }

    /** A file of text in UTF-8, whatever the locale of the machine. */
    public static Asset text(String content) {
        return new ByteArrayAsset(content.getBytes(StandardCharsets.UTF_8));
    }

    public static File builtFile(String property) {
        return new File(System.getProperty(property));
    }

    public WebArchive archive() {
        return archive;
    }
}

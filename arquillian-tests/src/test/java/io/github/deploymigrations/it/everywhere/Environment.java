package io.github.deploymigrations.it.everywhere;

import io.github.deploymigrations.it.TestWar;
import java.nio.file.Path;

/** What differs from server to server, and nothing else. The rest of it is in {@code src/test/<server>}. */
interface Environment {
    /** The resource reference of the tests. */
    String REFERENCE = "java:comp/env/jdbc/furniture";

    /** The folder of the server. */
    Path HOME = Path.of(System.getProperty("server.home"));

    /** The server of this run. */
    static Environment current() {
        return switch (System.getProperty("server")) {
            case "wildfly" -> new WildFly();
            case "open-liberty" -> new OpenLiberty();
            case "glassfish", "payara" -> new GlassFish();
            case "payara-micro" -> new PayaraMicro();
            case "tomee" -> new TomEE();
            case "tomcat" -> new Tomcat();
            case "jetty" -> new Jetty();
            default -> throw new IllegalArgumentException("no server: " + System.getProperty("server"));
        };
    }

    /** The name of the DataSource that the administrator has defined in the server, as applications know it. */
    String dataSource();

    /** Gives the WAR what it needs to run on this server at all. */
    default TestWar equipped(TestWar war) {
        return war;
    }

    /** Gives the WAR {@link #REFERENCE} for the DataSource of the server, beside these elements of web.xml. */
    default TestWar referring(TestWar war, String webXml) {
        return war.webXml(TestWar.resourceReference("jdbc/furniture", dataSource()) + webXml);
    }

    /** The folder of the server's logs. */
    Path logs();

    /** Whether there is a DataSource for applications that name none. */
    default boolean hasDefaultDataSource() {
        return true;
    }

    /** Whether the server is one of WARs alone. */
    default boolean hasEars() {
        return true;
    }

    /** Waits until what was undeployed answers no longer, where the adapter has not. */
    default void undeployed() {}

    /** Who a WAR has for its persistence units without bringing it. */
    Persistence persistence();

    /** What Hibernate that the WAR brings has to be told of the server. */
    default String propertiesOfHibernate() {
        return "";
    }

    /** Whether a persistence unit can name its DataSource by a reference of the WAR. */
    default boolean unitsKnowReferences() {
        return true;
    }

    /** Whether a WAR has Jakarta JSON Binding without bringing it. */
    default boolean hasJsonBinding() {
        return true;
    }

    /** Whether users can log in, by BASIC, to a WAR that says nothing of it. */
    default boolean asksForPasswordsByItself() {
        return false;
    }

    /** Whether the server then answers by a page of its own in the place of ours. */
    default boolean asksByPageOfItsOwn() {
        return false;
    }

    /** Whether the server itself reads a beans.xml that has settings of ours in it. */
    default boolean toleratesSettingsInBeansXml() {
        return true;
    }
}

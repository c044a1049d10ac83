package io.github.deploymigrations.settings;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.messages.ProblemsFound;
import io.github.deploymigrations.testing.Draw;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in the sources of settings: settings, or problems which each have a place, and never a secret. */
class SettingsPropertyTest {
    private static final String SECRET = "hunter2";

    /** Everything that a deployment is configured by. */
    private record Sources(
            String beansXml,
            String properties,
            Map<String, String> system,
            Map<String, String> environment,
            Map<String, String> microProfile) {
        static Sources of(Draw draw) {
            StringBuilder properties = new StringBuilder();
            for (int count = draw.number(0, 4); count > 0; count--) {
                String name = name(draw);
                properties
                        .append(draw.percent(20) ? block(draw) + "." : "")
                        .append(name)
                        .append(draw.of("=", ": ", " ", "\\\n ="))
                        .append(value(draw, name).replaceAll("\\\\+$", ""))
                        .append(draw.of("\n", "\r\n"));
            }
            return new Sources(
                    beans(draw),
                    properties.toString(),
                    overrides(draw, Overrides.PREFIX, "."),
                    overrides(draw, "MYBATIS_MIGRATIONS_", "_"),
                    overrides(draw, Overrides.PREFIX, "."));
        }

        private static Map<String, String> overrides(Draw draw, String prefix, String separator) {
            Map<String, String> overrides = new TreeMap<>();
            for (int count = draw.number(-2, 3); count > 0; count--) {
                String name = name(draw);
                String full = prefix + (draw.percent(50) ? block(draw) + separator : "") + name;
                boolean mapped = separator.equals("_") && draw.percent(80);
                overrides.put(
                        mapped ? full.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") : full, value(draw, name));
            }
            return overrides;
        }

        DeploymentSettings read() throws IOException {
            return new SettingsReader(new Overrides(system, environment, microProfile))
                    .beansXml("WEB-INF/beans.xml", new ByteArrayInputStream(beansXml.getBytes(StandardCharsets.UTF_8)))
                    .properties("META-INF/mybatis-migrations.properties", new StringReader(properties))
                    .read();
        }
    }

    private static String beans(Draw draw) {
        StringBuilder text = new StringBuilder("<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\">\n");
        for (int count = draw.number(0, 3); count > 0; count--) {
            String namespace = draw.percent(95) ? SettingsReader.NAMESPACE : draw.of("", "urn:other");
            text.append("<migrations xmlns=\"" + namespace + "\"")
                    .append(draw.percent(70) ? " name=\"" + block(draw) + "\">" : ">");
            for (int settings = draw.number(0, 4); settings > 0; settings--) {
                String name = name(draw);
                String value = value(draw, name);
                text.append(
                        draw.percent(90)
                                ? "\n  <property name=\"" + escaped(name) + "\" value=\"" + escaped(value) + "\"/>"
                                : oddProperty(draw, escaped(name), escaped(value)));
            }
            text.append("\n</migrations>");
        }
        return text + (draw.percent(95) ? "\n</beans>" : draw.of("", "</migrations>", "<", "&#0;", "</beans><x/>"));
    }

    private static String oddProperty(Draw draw, String name, String value) {
        return draw.of(
                "<property name=\"" + name + "\">" + value + "</property>",
                "<property value=\"" + value + "\"/>",
                "<property name=\"" + name + "\" value=\"x\" vale=\"" + value + "\"/>",
                "<" + "property/>" + value,
                "<entry key=\"" + name + "\">" + value + "</entry>",
                "<property name=\"" + name + "\"><value>" + value + "</value></property>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\"", "&quot;")
                .replaceAll("[\\x00-\\x08]", "");
    }

    private static String block(Draw draw) {
        return draw.of("default", "orders", "stock", "orders", "plan", "Orders", "", "a b", "x-y", "1");
    }

    private static String name(Draw draw) {
        return switch (draw.number(0, 9)) {
            case 0, 1 ->
                draw.of(
                        "password",
                        "db-password",
                        "variable.password",
                        "variable.db_password",
                        "variable.apiToken",
                        "variable.secret.key",
                        "variable.x.PWD");
            case 2 -> draw.of("variable.a", "variable.", "variable", "variable.ä b", "variable.a.b");
            case 3 -> draw.of("", " ", "lok", "LATE", "late ", "ta rget", "日本", "a".repeat(3000), "=", "${x}", "%s");
            default -> draw.of(Key.values()).text();
        };
    }

    /** Where the name is a secret's, a secret; in whole braces it would be the name of a placeholder, which is told. */
    private static String value(Draw draw, String name) {
        if (name.matches("(?i).*(password|token|secret|pwd).*")) {
            return draw.of(SECRET, SECRET + "${", "${" + SECRET, "a${b:" + SECRET, "${none}" + SECRET, "\\" + SECRET)
                    + draw.of("", "", "<", "&", "\\u12", "%s");
        }
        return draw.percent(60)
                ? draw.of(
                        "fail",
                        "apply",
                        "skip",
                        "warn",
                        "ignore",
                        "development",
                        "production",
                        "7",
                        "5m",
                        "PT1S",
                        "off",
                        "block",
                        "validate",
                        "row",
                        "migrations",
                        "a/b,c",
                        "CHANGELOG",
                        "java:comp/env/jdbc/a",
                        "1:applied",
                        "/status",
                        "open")
                : draw.text(
                        0,
                        5,
                        "a",
                        " ",
                        "${user.home}",
                        "${none}",
                        "${none:x}",
                        "${",
                        "}",
                        "\\${",
                        ":",
                        ",",
                        "/",
                        "..",
                        "9".repeat(21),
                        "-1",
                        "\"",
                        "'",
                        "ä",
                        "\uD83D\uDE00",
                        "%s",
                        "%n",
                        "\\",
                        "\\u12",
                        "\t",
                        "\u0001");
    }

    @ParameterizedTest
    @MethodSource("io.github.deploymigrations.testing.Draw#all")
    void settings_are_read_or_each_problem_has_a_place_and_no_secret(Draw draw) {
        Sources sources = Sources.of(draw);
        draw.check(sources, () -> {
            try {
                sources.read()
                        .databases()
                        .forEach(database ->
                                assertFalse(database.migration().locations().isEmpty()));
            } catch (ProblemsFound e) {
                assertFalse(e.problems().isEmpty());
                for (Problem problem : e.problems()) {
                    assertFalse(problem.where().isBlank(), problem.toString());
                    assertFalse(problem.explanation().what().isBlank(), problem.toString());
                    assertFalse(problem.toString().contains(SECRET), problem.toString());
                }
            }
        });
    }
}

package io.github.deploymigrations.it.everywhere;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Writes what failsafe reports of a server into its row of a table in {@code docs/servers.md}. Runs from its source. */
public final class ServerTable {
    private static final String BEGIN = "<!-- %s writes from here -->";
    private static final String END = "<!-- to here -->";
    private static final String HEAD =
            "| Server | Version | JDK | Passed | Failed | Skipped, and why |\n|---|---|---|---|---|---|\n";

    private ServerTable() {}

    /**
     * Replaces the row, or adds it.
     *
     * @param arguments the folder of reports, the page, the script that writes the table, the name of the server, and how
     *     many columns tell rows apart
     */
    public static void main(String[] arguments) throws Exception {
        Path page = Path.of(arguments[1]);
        String text = Files.readString(page);
        String beginning = BEGIN.formatted(arguments[2]);
        int begin = text.indexOf(beginning) + beginning.length();
        int end = text.indexOf(END, begin);
        int columns = Integer.parseInt(arguments[4]);
        String row = row(Path.of(arguments[0]), arguments[3]);
        List<String> rows = new ArrayList<>(text.substring(begin, end)
                .lines()
                .filter(line -> line.startsWith("| `") && !key(line, columns).equals(key(row, columns)))
                .toList());
        rows.add(row);
        String table = rows.stream().sorted().collect(Collectors.joining("\n", "\n" + HEAD, "\n"));
        Files.writeString(page, text.substring(0, begin) + table + text.substring(end));
    }

    private static List<String> key(String row, int columns) {
        return List.of(row.split("\\|", columns + 2)).subList(1, columns + 1);
    }

    private static String row(Path reports, String server) throws Exception {
        int tests = 0;
        int failed = 0;
        int skipped = 0;
        String version = "";
        String jdk = "";
        TreeSet<String> reasons = new TreeSet<>();
        for (Path report : reports(reports)) {
            Document document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
            Element suite = document.getDocumentElement();
            tests += number(suite, "tests");
            failed += number(suite, "failures") + number(suite, "errors");
            skipped += number(suite, "skipped");
            version = property(suite, "server.version");
            jdk = property(suite, "java.specification.version");
            elements(suite.getElementsByTagName("skipped")).forEach(skip -> reasons.add(reason(skip)));
        }
        return "| `%s` | %s | %s | %s | %s | %s |"
                .formatted(
                        server,
                        version,
                        jdk,
                        tests - failed - skipped,
                        failed,
                        skipped == 0 ? "" : skipped + ": " + String.join("; ", reasons));
    }

    /** Failsafe (3.6) has what a test says of it in the first line of a stack trace alone. */
    private static String reason(Element skip) {
        return skip.getTextContent().lines().findFirst().orElse("").replaceFirst(".*failed: ", "");
    }

    private static List<Path> reports(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .sorted()
                    .toList();
        }
    }

    private static int number(Element suite, String attribute) {
        return Integer.parseInt(suite.getAttribute(attribute));
    }

    private static String property(Element suite, String name) {
        return elements(suite.getElementsByTagName("property"))
                .filter(property -> property.getAttribute("name").equals(name))
                .map(property -> property.getAttribute("value"))
                .findFirst()
                .orElse("");
    }

    private static Stream<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength()).mapToObj(index -> (Element) nodes.item(index));
    }
}

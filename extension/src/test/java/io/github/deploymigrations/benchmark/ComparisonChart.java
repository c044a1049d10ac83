package io.github.deploymigrations.benchmark;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The comparison as a picture: for each database a bar for each tool, as long as the logarithm of its time. */
record ComparisonChart(Comparison comparison) {
    private static final int WIDTH = 860;
    private static final int LEFT = 130;
    private static final int BAR = 14;
    private static final int GAP = 18;
    private static final int HEADING = 34;

    String svg() {
        StringBuilder svg = new StringBuilder();
        int y = 10;
        for (Comparison.Work work : comparison.works()) {
            for (int scripts : comparison.sizes().scripts()) {
                svg.append(text(10, y + 18, "h", heading(work, scripts)));
                y = groups(svg, work, scripts, y + HEADING);
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s">
            <style>
            text { font: 12px sans-serif; fill: #57606a } .h { font-weight: bold; font-size: 14px }
            .JDBC { fill: #8a8f98 } .JDBC_RECORDING { fill: #c2c6cc } .OURS { fill: #1f6feb } .MYBATIS { fill: #2da44e } .FLYWAY { fill: #d4662a }
            .MYBATIS_HASHING { fill: #86cf95 } .LIQUIBASE { fill: #9a5bd0 }
            </style>
            """.formatted(WIDTH, y, "How long each tool takes; the tables have the figures") + svg + "</svg>\n";
    }

    private static String heading(Comparison.Work work, int scripts) {
        return String.format(Locale.ROOT, "%s: %,d scripts", work.title(), scripts);
    }

    private int groups(StringBuilder svg, Comparison.Work work, int scripts, int top) {
        double longest = Math.log10(longest(work, scripts) + 1);
        int y = top;
        for (Place place : comparison.sizes().places()) {
            svg.append(text(10, y + BAR - 2, "p", place.title()));
            for (Tool tool : Tool.values()) {
                Optional<Spread> spread = comparison.spread(work, place, scripts, tool);
                if (spread.isPresent()) {
                    double millis = spread.get().median();
                    double length = (WIDTH - LEFT - 200) * Math.log10(millis + 1) / longest;
                    svg.append(String.format(
                            Locale.ROOT,
                            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" class=\"%s\"/>%n",
                            LEFT,
                            y,
                            length,
                            BAR,
                            tool.name()));
                    svg.append(text(
                            LEFT + 6 + (int) length,
                            y + BAR - 3,
                            "v",
                            tool.title() + ", " + Spread.number(millis) + " ms"));
                    y += BAR + 2;
                }
            }
            y += GAP - BAR;
        }
        return y + GAP;
    }

    private double longest(Comparison.Work work, int scripts) {
        return comparison.sizes().places().stream()
                .flatMap(place ->
                        Arrays.stream(Tool.values()).map(tool -> comparison.spread(work, place, scripts, tool)))
                .flatMap(Optional::stream)
                .mapToDouble(Spread::median)
                .max()
                .orElse(1);
    }

    private static String text(int x, int y, String kind, String text) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" class=\"" + kind + "\">" + text + "</text>\n";
    }
}

package io.github.deploymigrations.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The comparison as a picture: a panel for each work and database, in which a line for each tool tells its time by the
 * number of scripts, both on logarithmic scales.
 */
record ComparisonChart(Comparison comparison) {
    private static final int PANEL = 190;
    private static final int GAP = 16;
    private static final int LEFT = 62;
    private static final int HEADING = 58;
    private static final int AXIS = 22;
    private static final int LEGEND = 66;
    private static final int LEGEND_COLUMNS = 3;

    /** The powers of ten between which all times of one work are, in milliseconds. */
    private record Decades(int least, int most) {
        /** How far below the top of a panel. */
        double below(double millis) {
            return PANEL * (most - Math.log10(millis)) / (most - least);
        }
    }

    String svg() {
        int width = LEFT + comparison.sizes().places().size() * (PANEL + GAP);
        StringBuilder svg = new StringBuilder(legend(width));
        int top = LEGEND;
        for (Comparison.Work work : comparison.works()) {
            svg.append(text(LEFT, top + 22, "h", work.title()));
            row(svg, work, top + HEADING);
            top += HEADING + PANEL + AXIS;
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s">
            <style>
            text { font: 12px sans-serif; fill: #57606a } .h { font-weight: bold; font-size: 14px } .y { text-anchor: end } .x { text-anchor: middle }
            .grid { stroke: #d8dee4; fill: none } polyline { fill: none; stroke-width: 2 } circle { fill: #ffffff } .OURS { stroke-width: 3 }
            .JDBC { stroke: #8a8f98 } .JDBC_RECORDING { stroke: #c2c6cc } .OURS { stroke: #1f6feb } .MYBATIS { stroke: #2da44e }
            .MYBATIS_HASHING { stroke: #86cf95 } .FLYWAY { stroke: #d4662a } .LIQUIBASE { stroke: #9a5bd0 }
            </style>
            <rect width="%d" height="%d" fill="#ffffff"/>
            """.formatted(
                                width,
                                top,
                                "How long each tool takes, by the number of scripts; the tables have the figures",
                                width,
                                top)
                + svg + "</svg>\n";
    }

    private static String legend(int width) {
        StringBuilder svg = new StringBuilder();
        int column = (width - LEFT) / LEGEND_COLUMNS;
        List<Tool> tools = List.of(Tool.values());
        for (int index = 0; index < tools.size(); index++) {
            Tool tool = tools.get(index);
            int x = LEFT + index % LEGEND_COLUMNS * column;
            int y = 14 + index / LEGEND_COLUMNS * 18;
            svg.append(line(tool, List.of(point(x, y), point(x + 20, y))));
            svg.append(text(x + 26, y + 4, "l", tool.title()));
        }
        return svg.toString();
    }

    private void row(StringBuilder svg, Comparison.Work work, int top) {
        Decades decades = decades(work);
        for (int decade = decades.least(); decade <= decades.most(); decade++) {
            double y = top + decades.below(Math.pow(10, decade));
            svg.append(text(LEFT - 8, (int) y + 4, "y", duration(decade)));
        }
        int left = LEFT;
        for (Place place : comparison.sizes().places()) {
            svg.append(text(left, top - 8, "p", place.title()));
            for (int decade = decades.least(); decade <= decades.most(); decade++) {
                double y = top + decades.below(Math.pow(10, decade));
                svg.append(String.format(Locale.ROOT, "<path class=\"grid\" d=\"M%d %.1fh%d\"/>%n", left, y, PANEL));
            }
            panel(svg, work, place, decades, left, top);
            left += PANEL + GAP;
        }
    }

    private void panel(StringBuilder svg, Comparison.Work work, Place place, Decades decades, int left, int top) {
        List<Integer> sizes = comparison.sizes().scripts();
        for (int scripts : sizes) {
            svg.append(text((int) x(scripts, left), top + PANEL + 15, "x", String.format(Locale.ROOT, "%,d", scripts)));
        }
        for (Tool tool : Tool.values()) {
            List<String> points = new ArrayList<>();
            for (int scripts : sizes) {
                Optional<Spread> spread = comparison.spread(work, place, scripts, tool);
                if (spread.isPresent()) {
                    double y = top + decades.below(spread.get().median());
                    points.add(point(x(scripts, left), y));
                }
            }
            if (!points.isEmpty()) {
                svg.append(line(tool, points));
            }
        }
    }

    /** In the middle of the panel, if there is but one number of scripts. */
    private double x(int scripts, int left) {
        List<Integer> sizes = comparison.sizes().scripts();
        double least = Math.log10(sizes.get(0));
        double most = Math.log10(sizes.get(sizes.size() - 1));
        double share = most > least ? (Math.log10(scripts) - least) / (most - least) : 0.5;
        return left + 16 + share * (PANEL - 36);
    }

    private Decades decades(Comparison.Work work) {
        double[] logarithms = comparison.sizes().places().stream()
                .flatMap(place -> comparison.sizes().scripts().stream()
                        .flatMap(scripts -> Arrays.stream(Tool.values())
                                .map(tool -> comparison.spread(work, place, scripts, tool))))
                .flatMap(Optional::stream)
                .mapToDouble(spread -> Math.log10(spread.median()))
                .sorted()
                .toArray();
        int least = (int) Math.floor(logarithms[0]);
        int most = (int) Math.ceil(logarithms[logarithms.length - 1]);
        return new Decades(least, Math.max(most, least + 1));
    }

    private static String duration(int decade) {
        return decade < 3
                ? String.format(Locale.ROOT, "%.0f ms", Math.pow(10, decade))
                : String.format(Locale.ROOT, "%,.0f s", Math.pow(10, decade - 3));
    }

    private static String point(double x, double y) {
        return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
    }

    /** A line through the points, with a dot at each. */
    private static String line(Tool tool, List<String> points) {
        StringBuilder svg = new StringBuilder();
        svg.append(String.format("<polyline class=\"%s\" points=\"%s\"/>%n", tool.name(), String.join(" ", points)));
        for (String point : points) {
            String[] at = point.split(",", -1);
            svg.append(
                    String.format("<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"2\"/>%n", tool.name(), at[0], at[1]));
        }
        return svg.toString();
    }

    private static String text(int x, int y, String kind, String text) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" class=\"" + kind + "\">" + text + "</text>\n";
    }
}

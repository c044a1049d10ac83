package io.github.deploymigrations.it.benchmark;

import java.util.Locale;
import java.util.Map;

/** A row of dots for each distribution, one dot a measurement, and a line at the median. */
final class DistributionChart {
    private static final int WIDTH = 720;
    private static final int LEFT = 160;
    private static final int RIGHT = 40;
    private static final int ROW = 50;
    private static final int TOP = 20;
    private static final int STEPS = 5;
    private static final int LANES = 5;

    private final Map<String, Distribution> rows;
    private final double least;
    private final double most;
    private final StringBuilder out = new StringBuilder();

    DistributionChart(Map<String, Distribution> rows) {
        this.rows = rows;
        this.least = rows.values().stream()
                .mapToDouble(row -> row.millis().get(0))
                .min()
                .orElseThrow();
        this.most = rows.values().stream()
                .mapToDouble(row -> row.millis().get(row.millis().size() - 1))
                .max()
                .orElseThrow();
    }

    String svg() {
        int bottom = TOP + ROW * rows.size();
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">\n",
                WIDTH, bottom + 30);
        add("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", WIDTH, bottom + 30);
        for (int step = 0; step <= STEPS; step++) {
            double value = least + (most - least) * step / STEPS;
            add("<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"#ddd\"/>\n", x(value), TOP, bottom);
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f ms</text>\n", x(value), bottom + 20, value);
        }
        int middle = TOP + ROW / 2;
        for (Map.Entry<String, Distribution> row : rows.entrySet()) {
            row(row.getKey(), row.getValue(), middle);
            middle += ROW;
        }
        return out.append("</svg>\n").toString();
    }

    private void row(String name, Distribution row, int middle) {
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", LEFT - 15, middle + 4, name);
        for (int index = 0; index < row.millis().size(); index++) {
            add(
                    "<circle cx=\"%.1f\" cy=\"%d\" r=\"4\" fill=\"#2563ae\" fill-opacity=\"0.5\"/>\n",
                    x(row.millis().get(index)), middle + (index % LANES - LANES / 2) * 6);
        }
        add(
                "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"#b3261e\" stroke-width=\"2\"/>\n",
                x(row.median()), middle - ROW / 2 + 4, middle + ROW / 2 - 4);
    }

    private double x(double millis) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (most > least ? (millis - least) / (most - least) : 0);
    }

    private void add(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }
}

package io.github.deploymigrations.benchmark;

import java.util.List;
import java.util.Locale;

/** Median, least and most of some measurements. */
record Spread(double median, double least, double most) {

    static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** For people: the median, and in brackets the least and the most. */
    String millis() {
        return number(median) + " ms (" + number(least) + "–" + number(most) + ")";
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    }
}

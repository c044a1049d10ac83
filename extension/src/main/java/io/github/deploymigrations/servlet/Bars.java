package io.github.deploymigrations.servlet;

import java.time.Duration;

/** Durations as lengths. In SVG, whose attributes are no inline style, which the page's policy forbids. */
final class Bars {
    private static final int WIDTH = 100;

    private Bars() {}

    /** A bar as long as the part is of the whole; nothing of it is read out, as the duration stands beside it. */
    static void write(Html html, Duration part, Duration whole) {
        html.open(
                "svg",
                "class",
                "bar",
                "viewBox",
                "0 0 " + WIDTH + " 4",
                "preserveAspectRatio",
                "none",
                "aria-hidden",
                "true");
        rectangle(html, "track", 0, WIDTH);
        rectangle(html, "share", 0, share(part, whole));
        html.close();
    }

    /** One piece of a bar that is made of several. */
    static void piece(Html html, String style, double begin, double width) {
        rectangle(html, style, begin, width);
    }

    /** How much of a bar it is; what is there is seen, however little it is. */
    static double share(Duration part, Duration whole) {
        if (part.isZero() || part.isNegative() || whole.isZero()) {
            return 0;
        }
        return Math.max(1, Math.min(WIDTH, WIDTH * (double) part.toNanos() / whole.toNanos()));
    }

    private static void rectangle(Html html, String style, double begin, double width) {
        html.element("rect", "", "class", style, "x", number(begin), "width", number(width), "height", "4");
    }

    /** With one decimal. A formatter took a quarter of the page's time. */
    private static String number(double value) {
        return String.valueOf(Math.round(value * 10) / 10.0);
    }
}

package io.github.deploymigrations.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the thread of a start was, from several recordings: a flame graph with its root at the top. Each box is as wide as
 * often it was met in the stack. What the JVM itself does, as to load and link classes, Flight Recorder does not sample.
 */
final class Flames {
    /** The samples of a thread that runs Java. */
    static final String JAVA = "jdk.ExecutionSample";

    /** Those of one that waits outside, as for a socket. */
    static final String NATIVE = "jdk.NativeMethodSample";

    private static final int WIDTH = 1200;
    private static final int ROW = 15;
    private static final int DEEPEST = 36;
    private static final double NARROWEST = 3;
    private static final double LETTER = 6.2;

    private final Box root = new Box();
    private int rows;

    /** A method below its callers. */
    private static final class Box {
        private final Map<String, Box> callees = new TreeMap<>();
        private int samples;
    }

    /** Adds the samples that were taken below {@link Candidate#migrate}. */
    void add(Path recording) throws IOException {
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                boolean sampled = event.getEventType().getName().equals(JAVA)
                        || event.getEventType().getName().equals(NATIVE);
                if (sampled && event.getStackTrace() != null) {
                    add(event.getStackTrace().getFrames());
                }
            }
        }
    }

    private void add(List<RecordedFrame> newestFirst) {
        List<String> methods = new ArrayList<>();
        for (RecordedFrame frame : newestFirst) {
            RecordedMethod method = frame.getMethod();
            methods.add(
                    method.getType().getName().replaceFirst("\\$\\$Lambda.*", "\\$\\$Lambda") + "." + method.getName());
        }
        Collections.reverse(methods);
        int begin = methods.indexOf(Ours.class.getName() + ".migrate");
        if (begin < 0) {
            return;
        }
        Box box = root;
        box.samples++;
        for (String method : methods.subList(begin, Math.min(methods.size(), begin + DEEPEST))) {
            box = box.callees.computeIfAbsent(method, name -> new Box());
            box.samples++;
        }
    }

    int samples() {
        return root.samples;
    }

    /** As a picture; the name of each box is its tooltip, with its share. */
    String svg(String title) {
        StringBuilder boxes = new StringBuilder();
        double x = 0;
        for (Map.Entry<String, Box> entry : root.callees.entrySet()) {
            x += draw(boxes, entry.getKey(), entry.getValue(), x, 1);
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s">
            <style>
            text { font: 10px monospace; fill: #1f2328 } .h { font: bold 13px sans-serif }
            rect { stroke: #fff; stroke-width: 0.5 }
            .ours { fill: #79b8ff } .mybatis { fill: #8ddb9c } .database { fill: #f0b27a } .jdk { fill: #d0d7de }
            </style>
            <text x="4" y="12" class="h">%s: %d samples</text>
            """.formatted(WIDTH, (rows + 2) * ROW, title, title, root.samples) + boxes + "</svg>\n";
    }

    /** Returns how wide it is, drawn or not. */
    private double draw(StringBuilder boxes, String method, Box box, double left, int row) {
        double width = (double) WIDTH * box.samples / root.samples;
        if (width < NARROWEST) {
            return width;
        }
        rows = Math.max(rows, row);
        String simple = method.replaceFirst("^(?:[a-z0-9_]+\\.)+", "");
        int letters = (int) (width / LETTER);
        boxes.append(String.format(
                Locale.ROOT,
                "<g><title>%s, %.1f%%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" class=\"%s\"/>",
                escaped(method),
                100.0 * box.samples / root.samples,
                left,
                row * ROW + 4,
                width,
                ROW,
                kind(method)));
        if (letters > 3) {
            boxes.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\">%s</text>",
                    left + 2,
                    row * ROW + ROW,
                    escaped(simple.length() <= letters ? simple : simple.substring(0, letters))));
        }
        boxes.append("</g>\n");
        double x = left;
        for (Map.Entry<String, Box> entry : box.callees.entrySet()) {
            x += draw(boxes, entry.getKey(), entry.getValue(), x, row + 1);
        }
        return width;
    }

    private static String escaped(String method) {
        return method.replace("<", "&lt;");
    }

    private static String kind(String method) {
        if (method.startsWith("io.github.deploymigrations")) {
            return "ours";
        }
        if (method.startsWith("org.apache.ibatis")) {
            return "mybatis";
        }
        return method.startsWith("org.h2") || method.startsWith("org.postgresql") || method.startsWith("org.mariadb")
                ? "database"
                : "jdk";
    }
}

package io.github.deploymigrations.benchmark;

/** What a JVM says of its start. */
record Measured(long nanos, int classes, long heap) {

    static Measured of(String line) {
        String[] words = line.split(" ", -1);
        return new Measured(Long.parseLong(words[1]), Integer.parseInt(words[2]), Long.parseLong(words[3]));
    }

    double millis() {
        return nanos / 1e6;
    }
}

package io.github.deploymigrations.it.benchmark;

import java.util.List;

/** How long something took, again and again, in milliseconds, the shortest first. */
record Distribution(List<Double> millis) {
    Distribution {
        millis = millis.stream().sorted().toList();
    }

    double median() {
        return part(0.5);
    }

    /** Within how many milliseconds this part of them was done. */
    double part(double share) {
        double place = share * (millis.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, millis.size() - 1);
        return millis.get(below) + (place - below) * (millis.get(above) - millis.get(below));
    }
}

package io.github.deploymigrations.benchmark;

import io.github.deploymigrations.testing.UrlDataSource;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import jdk.jfr.Recording;

/** A JVM that starts and records with JDK Flight Recorder what its threads are at. */
final class ProfiledStart {
    private static final Duration PERIOD = Duration.ofMillis(1);

    private ProfiledStart() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(MeasuredStart.nowhere());
        System.setErr(MeasuredStart.nowhere());
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> thrown.printStackTrace(out));
        UrlDataSource database = new UrlDataSource(arguments[1], arguments[2], arguments[3]);
        try (Connection connection = database.getConnection();
                Recording recording = new Recording()) {
            connection.getMetaData();
            recording.enable(Flames.JAVA).withPeriod(PERIOD);
            recording.enable(Flames.NATIVE).withPeriod(PERIOD);
            recording.start();
            Tool.valueOf(arguments[0]).candidate().migrate(database, Path.of(arguments[4]));
            recording.stop();
            recording.dump(Path.of(arguments[5]));
        }
        out.println("all done");
    }
}

package io.github.deploymigrations.benchmark;

import io.github.deploymigrations.testing.UrlDataSource;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;

/**
 * A JVM that starts, and again, and says how long each took. What it logs is written as by default, and read by nobody. The
 * driver is loaded before, and a database in memory is what an earlier JVM left of it.
 */
final class MeasuredStart {
    private MeasuredStart() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(nowhere());
        System.setErr(nowhere());
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> thrown.printStackTrace(out));
        UrlDataSource database = new UrlDataSource(arguments[1], arguments[2], arguments[3]);
        Path folder = Path.of(arguments[4]);
        Path kept = Path.of(arguments[5]);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            if (Files.exists(kept)) {
                statement.execute("runscript from '" + kept + "'");
            }
            Tool tool = Tool.valueOf(arguments[0]);
            out.println(measured(tool.candidate(), database, folder));
            if (tool.remembers()) {
                out.println(measured(tool.candidate(), database, folder));
            }
            if (arguments[1].startsWith("jdbc:h2:mem:") && !Files.exists(kept)) {
                statement.execute("script to '" + kept + "'");
            }
        }
        out.println("all done");
    }

    static String measured(Candidate candidate, UrlDataSource database, Path folder) throws Exception {
        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        long before = classes.getTotalLoadedClassCount();
        long start = System.nanoTime();
        candidate.migrate(database, folder);
        long nanos = System.nanoTime() - start;
        return "measured " + nanos + " " + (classes.getTotalLoadedClassCount() - before) + " " + heapPeak();
    }

    /** Of what was in use and of what was garbage by then, in bytes. */
    private static long heapPeak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }
}

package io.github.deploymigrations.benchmark;

import io.github.deploymigrations.testing.UrlDataSource;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;

/** A JVM that migrates one new database after the other, and says how long each took. */
final class MeasuredTurns {
    private MeasuredTurns() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(MeasuredStart.nowhere());
        System.setErr(MeasuredStart.nowhere());
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> thrown.printStackTrace(out));
        Tool tool = Tool.valueOf(arguments[0]);
        Path folder = Path.of(arguments[1]);
        for (int index = 2; index < arguments.length; index += 3) {
            UrlDataSource database = new UrlDataSource(arguments[index], arguments[index + 1], arguments[index + 2]);
            Connection open = database.getConnection();
            out.println(MeasuredStart.measured(tool.candidate(), database, folder));
            open.close();
        }
    }
}

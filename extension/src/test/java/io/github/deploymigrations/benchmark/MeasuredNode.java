package io.github.deploymigrations.benchmark;

import io.github.deploymigrations.testing.UrlDataSource;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A node among many. It has done the same on a database of its own before, as all of them share the processors of one
 * machine here, and loading classes is not what is measured.
 */
final class MeasuredNode {
    private MeasuredNode() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(MeasuredStart.nowhere());
        System.setErr(MeasuredStart.nowhere());
        Candidate candidate = Tool.valueOf(arguments[0]).candidate();
        Path scripts = Path.of(arguments[4]);
        Path go = Path.of(arguments[5]);
        candidate.migrate(new UrlDataSource("jdbc:h2:mem:own;DB_CLOSE_DELAY=-1", "sa", ""), scripts);
        Counted counted = new Counted(new UrlDataSource(arguments[1], arguments[2], arguments[3]));
        counted.dataSource().getConnection().close();
        out.println("ready");
        while (!Files.exists(go)) {
            Thread.sleep(1);
        }
        try {
            candidate.migrate(counted.dataSource(), scripts);
            out.println("ended " + (counted.connections() - 1) + " " + counted.statements());
        } catch (Exception e) {
            out.println("ended by " + e);
        }
    }
}

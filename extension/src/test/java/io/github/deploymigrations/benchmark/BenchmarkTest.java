package io.github.deploymigrations.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mvn -pl extension test -Pbenchmark} measures, for hours; without the profile this sees that it still would. */
class BenchmarkTest {
    private static final Sizes SIZES = Sizes.wanted();
    private static final Report REPORT = Report.of(SIZES);

    @TempDir
    private Path folder;

    @Test
    void all_tools_apply_the_same_scripts_and_then_find_nothing_to_do() throws IOException {
        for (int scripts : SIZES.scripts()) {
            GeneratedScripts.write(folder.resolve(String.valueOf(scripts)), scripts);
        }
        Comparison comparison = new Comparison(SIZES).measure(folder);
        REPORT.part("apply", new ComparisonTable(comparison, Comparison.Work.APPLY, Tool.JDBC).lines());
        REPORT.part("nothing", new ComparisonTable(comparison, Comparison.Work.NOTHING, Tool.MYBATIS).lines());
    }
}

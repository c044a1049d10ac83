package io.github.deploymigrations.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class of the job on the page on Kubernetes, as it stands there. */
class KubernetesJobTest {
    private static final Pattern CLASS = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void the_class_of_the_job_migrates_by_the_scripts_that_are_packed_with_it(@TempDir Path folder) throws Exception {
        Matcher shown = CLASS.matcher(Files.readString(Path.of("..", "docs", "kubernetes.md")));
        assertTrue(shown.find());
        Conversion job = new Conversion(folder);
        job.write("Migrate.java", shown.group(1));
        job.write("classes/migrations/scripts/1_create_a.sql", "create table a (id int);\n");
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        tool("javac", "-cp", classes, "-d", "" + folder.resolve("classes"), "" + folder.resolve("Migrate.java"));
        tool("jar", "-cf", "" + folder.resolve("shop.jar"), "-C", "" + folder.resolve("classes"), ".");

        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            job.run(
                    "sh",
                    "-c",
                    "DATABASE_URL='" + database.url() + "' DATABASE_OWNER=" + database.user()
                            + " \"$JAVA\" -cp \"shop.jar:$CLASSES\" com.example.Migrate");
            assertEquals(List.of("1"), database.changelog());
        }
    }

    private static void tool(String name, String... arguments) {
        assertEquals(0, ToolProvider.findFirst(name).orElseThrow().run(System.out, System.err, arguments));
    }
}

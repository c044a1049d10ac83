package io.github.deploymigrations.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a person does who comes from another tool, in a folder. */
record Conversion(Path folder) {

    /** Runs a command in the folder, to its end, and returns what it printed; {@code $JAVA} and {@code $CLASSES} start a tool that is made with Java. */
    String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("conversion", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment()
                    .put(
                            "JAVA",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString());
            builder.environment()
                    .put(
                            "CLASSES",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
            builder.environment().put("LIQUIBASE_ANALYTICS_ENABLED", "false");
            Process process = builder.start();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> String.join(" ", command));
            String printed = Files.readString(output);
            assertEquals(0, process.exitValue(), printed);
            return printed;
        } finally {
            Files.delete(output);
        }
    }

    void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    String read(String path) throws IOException {
        return Files.readString(folder.resolve(path));
    }

    /** The columns of a database's tables and views; those of the tools' own tables are left out. */
    static List<String> columns(TestDatabase database) {
        return database.query("select lower(table_name), lower(column_name), data_type, is_nullable,"
                + " coalesce(column_default, '') from information_schema.columns"
                + " where lower(table_schema) = 'public' and lower(table_name) not like 'changelog%'"
                + " and lower(table_name) not like 'databasechangelog%' and table_name <> 'flyway_schema_history'"
                + " order by 1, ordinal_position");
    }
}

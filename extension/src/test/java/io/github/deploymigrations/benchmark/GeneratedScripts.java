package io.github.deploymigrations.benchmark;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The same scripts as each of the tools wants them. */
final class GeneratedScripts {
    /** Liquibase's list of its scripts. */
    static final String LIST = "changelog.xml";

    private static final long FIRST = 20260101000000L;
    private static final int KILOBYTE = 1024;

    private final Path folder;
    private int next;

    private GeneratedScripts(Path folder) {
        this.folder = folder;
    }

    static Path ofMyBatis(Path folder) {
        return folder.resolve("mybatis");
    }

    static Path ofFlyway(Path folder) {
        return folder.resolve("flyway");
    }

    static Path ofLiquibase(Path folder) {
        return folder.resolve("liquibase");
    }

    /** So many scripts of three statements: a table, an index and a row. */
    static void write(Path folder, int count) throws IOException {
        GeneratedScripts scripts = begun(folder);
        for (int number = 1; number < count; number++) {
            String table = "benchmark_" + number;
            scripts.add("create " + table, up(table), "drop table " + table + ";\n");
        }
    }

    /** A script that makes a table, and one that fills it with so many rows of a kilobyte. */
    static void writeBig(Path folder, int rows) throws IOException {
        GeneratedScripts scripts = begun(folder);
        scripts.add(
                "create big",
                "create table big (id int primary key, t varchar(" + KILOBYTE + "));\n",
                "drop table big;\n");
        scripts.add("fill big", out -> writeRows(out, rows), "delete from big;\n");
    }

    /** The first one makes MyBatis' changelog, as MyBatis itself cannot do without. */
    private static GeneratedScripts begun(Path folder) throws IOException {
        GeneratedScripts scripts = new GeneratedScripts(folder);
        scripts.add("create changelog", """
                create table CHANGELOG (
                  ID numeric(20,0) not null,
                  APPLIED_AT varchar(25) not null,
                  DESCRIPTION varchar(255) not null
                );

                alter table CHANGELOG add constraint PK_CHANGELOG primary key (ID);
                """, "drop table CHANGELOG;\n");
        Files.writeString(ofLiquibase(folder).resolve(LIST), """
                <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                      http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
                  <includeAll path="scripts" relativeToChangelogFile="true"/>
                </databaseChangeLog>
                """);
        return scripts;
    }

    private static String up(String table) {
        return """
            create table %1$s (
              id int primary key,
              name varchar(100) not null
            );

            create index %1$s_by_name on %1$s (name);

            insert into %1$s (id, name) values (1, 'the first');
            """.formatted(table);
    }

    private static void writeRows(Writer out, int rows) throws IOException {
        for (int row = 1; row <= rows; row++) {
            String begin = "insert into big values (" + row + ", '";
            out.write(begin + "x".repeat(KILOBYTE - begin.length() - "');\n".length()) + "');\n");
        }
    }

    /** What a script does, as long as it may be. */
    @FunctionalInterface
    private interface Text {
        void writeTo(Writer out) throws IOException;
    }

    private void add(String description, String up, String down) throws IOException {
        add(description, out -> out.write(up), down);
    }

    private void add(String description, Text up, String down) throws IOException {
        long id = FIRST + next++;
        String name = description.replace(' ', '_') + ".sql";
        write(
                ofMyBatis(folder).resolve("scripts/" + id + "_" + name),
                "-- // " + description + "\n",
                up,
                "\n-- //@UNDO\n" + down);
        write(ofFlyway(folder).resolve("V" + id + "__" + name), "", up, "");
        write(
                ofLiquibase(folder).resolve("scripts/" + id + "_" + name),
                "--liquibase formatted sql\n--changeset benchmark:" + id + "\n",
                up,
                "");
    }

    private static void write(Path file, String header, Text up, String footer) throws IOException {
        Files.createDirectories(file.getParent());
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write(header);
            up.writeTo(out);
            out.write(footer);
        }
    }
}

package io.github.deploymigrations.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

final class PlainJdbc implements Candidate {

    @Override
    public void migrate(DataSource database, Path folder) throws IOException, SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (Path script : scripts(folder)) {
                run(script, statement::execute);
                connection.commit();
            }
        }
    }

    /** What is done with each statement. */
    @FunctionalInterface
    interface Work {
        void on(String sql) throws SQLException;
    }

    static List<Path> scripts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(GeneratedScripts.ofMyBatis(folder).resolve("scripts"))) {
            return files.sorted().toList();
        }
    }

    static void run(Path script, Work work) throws IOException, SQLException {
        StringBuilder sql = new StringBuilder();
        try (BufferedReader lines = Files.newBufferedReader(script)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("-- //@UNDO")) {
                    return;
                }
                sql.append(line).append('\n');
                if (line.endsWith(";")) {
                    work.on(sql.substring(0, sql.length() - 2));
                    sql.setLength(0);
                }
            }
        }
    }
}

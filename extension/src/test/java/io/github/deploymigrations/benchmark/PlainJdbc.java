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
            for (Path script : scripts(GeneratedScripts.ofMyBatis(folder).resolve("scripts"))) {
                run(script, statement);
                connection.commit();
            }
        }
    }

    private static List<Path> scripts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void run(Path script, Statement statement) throws IOException, SQLException {
        StringBuilder sql = new StringBuilder();
        try (BufferedReader lines = Files.newBufferedReader(script)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("-- //@UNDO")) {
                    return;
                }
                sql.append(line).append('\n');
                if (line.endsWith(";")) {
                    statement.execute(sql.substring(0, sql.length() - 2));
                    sql.setLength(0);
                }
            }
        }
    }
}

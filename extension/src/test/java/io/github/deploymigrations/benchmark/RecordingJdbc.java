package io.github.deploymigrations.benchmark;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import javax.sql.DataSource;

/**
 * Plain JDBC, and the rows without which nobody knows after a crash what of which script is done: the changelog's and the
 * history's, on PostgreSQL both in one statement before the commit; where definitions commit by themselves, the history's
 * in front of the first and changed in front of each other. It asks for no lock and for no metadata.
 */
final class RecordingJdbc implements Candidate {
    private static final String HISTORY = """
            create table RECORDED (ATTEMPT bigint not null primary key, REVISION numeric(20,0) not null,
              KIND varchar(10) not null, OUTCOME varchar(10) not null, DESCRIPTION varchar(255), SCRIPT varchar(255),
              CHECKSUM varchar(80), DONE integer, DOUBT varchar(500), STARTED_AT varchar(30) not null,
              ENDED_AT varchar(30), NODE varchar(255), DEPLOYMENT varchar(255), UNDO_TEXT varchar(4000))""";
    private static final String CHANGELOG = "insert into CHANGELOG (ID, APPLIED_AT, DESCRIPTION) values (?,?,?)";
    private static final String BEGIN = "insert into RECORDED (ATTEMPT, REVISION, KIND, OUTCOME, DESCRIPTION, SCRIPT,"
            + " CHECKSUM, DONE, DOUBT, STARTED_AT, ENDED_AT, NODE, DEPLOYMENT, UNDO_TEXT)"
            + " values (?,?,'APPLY',?,?,?,?,?,?,?,?,'a node','a deployment',?)";
    private static final String GO_ON = "update RECORDED set DONE=?, DOUBT=? where ATTEMPT=?";
    private static final String END = "update RECORDED set OUTCOME='DONE', DONE=?, ENDED_AT=? where ATTEMPT=?";

    @Override
    public void migrate(DataSource database, Path folder) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(HISTORY);
            boolean atOnce = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
            connection.setAutoCommit(false);
            int attempt = 0;
            for (Path script : PlainJdbc.scripts(folder)) {
                Attempt recorded = new Attempt(connection, ++attempt, script);
                PlainJdbc.run(script, sql -> {
                    recorded.before(sql, !atOnce);
                    statement.execute(sql);
                });
                recorded.end(atOnce);
                connection.commit();
            }
        }
    }

    /** One script. */
    private static final class Attempt {
        private final Connection connection;
        private final int number;
        private final String name;
        private final String checksum;
        private final String undo;
        private final String startedAt = Instant.now().toString();
        private int begun;

        Attempt(Connection connection, int number, Path script) throws Exception {
            byte[] file = Files.readAllBytes(script);
            String text = new String(file, StandardCharsets.UTF_8);
            this.connection = connection;
            this.number = number;
            this.name = script.getFileName().toString();
            this.checksum = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(file));
            this.undo = text.substring(text.indexOf("-- //@UNDO"));
        }

        void before(String sql, boolean commitsDefinitions) throws SQLException {
            if (commitsDefinitions && begun == 0) {
                update(BEGIN, number, id(), "STARTED", name, name, checksum, 0, sql, startedAt, null, undo);
            } else if (commitsDefinitions && !sql.stripLeading().startsWith("insert")) {
                update(GO_ON, begun, sql, number);
            }
            begun++;
        }

        void end(boolean atOnce) throws SQLException {
            String now = Instant.now().toString();
            if (atOnce) {
                update(
                        "with applied as (" + CHANGELOG + ") " + BEGIN,
                        id(),
                        now.substring(0, 19),
                        name,
                        number,
                        id(),
                        "DONE",
                        name,
                        name,
                        checksum,
                        begun,
                        null,
                        startedAt,
                        now,
                        undo);
            } else {
                update(CHANGELOG, id(), now.substring(0, 19), name);
                update(END, begun, now, number);
            }
        }

        private long id() {
            return Long.parseLong(name.substring(0, name.indexOf('_')));
        }

        private void update(String sql, Object... arguments) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int index = 0; index < arguments.length; index++) {
                    if (arguments[index] == null) {
                        statement.setString(index + 1, null);
                    } else {
                        statement.setObject(index + 1, arguments[index]);
                    }
                }
                statement.executeUpdate();
            }
        }
    }
}

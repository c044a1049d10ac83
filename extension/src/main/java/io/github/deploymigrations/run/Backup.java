package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.database.QueryLimit;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.preflight.BackupMeans;
import io.github.deploymigrations.settings.BackupSettings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Backs the database up before the first script, into a file that only its owner may read. */
final class Backup {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String name;
    private final BackupSettings settings;
    private final Session session;
    private final Duration limit;

    /** @param limit of its time */
    Backup(String name, BackupSettings settings, Session session, Duration limit) {
        this.name = name;
        this.settings = settings;
        this.session = session;
        this.limit = limit;
    }

    /** Makes it, and removes those that are too old. */
    Path make() throws RunStopped, SQLException {
        List<Explanation> missing = BackupMeans.missing(settings, session.product(), session.productName());
        if (!missing.isEmpty()) {
            throw stopped(missing.get(0));
        }
        Path directory = settings.directory();
        long start = System.nanoTime();
        String timestamp = TIMESTAMP.format(Instant.now());
        Path file = directory.resolve(OldBackups.name(name, timestamp));
        try {
            create(file);
            if (settings.way() instanceof BackupSettings.Way.Command command) {
                run(command, file, timestamp);
            } else {
                script(file);
            }
            if (!Files.isRegularFile(file) || Files.size(file) == 0) {
                throw new IOException("nothing was written to " + file);
            }
            ownersAlone(file);
            Log.log(Message.BACKUP_MADE, name, file, Files.size(file), Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException | SQLException e) {
            Log.trace(Message.BACKUP_FAILED, e);
            remove(file);
            throw stopped(Message.BACKUP_FAILED.with(Errors.masked(String.valueOf(e.getMessage()))));
        }
        new OldBackups(name, directory).remove(settings.retention(), file);
        return file;
    }

    private static void create(Path file) throws IOException {
        if (hasOwners(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    /** Again, as a program may have put another file into its place. */
    private static void ownersAlone(Path file) throws IOException {
        if (hasOwners(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static boolean hasOwners(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * H2 tells its contents as SQL, also of a database in memory or on another machine, where BACKUP TO writes nothing, or
     * there (2.4). RUNSCRIPT reads it.
     */
    private void script(Path file) throws IOException, SQLException {
        try (Statement statement = session.connection().createStatement();
                QueryLimit most = new QueryLimit(statement);
                BufferedWriter writer = Files.newBufferedWriter(file)) {
            most.begin(limit.toSeconds());
            try (ResultSet rows = statement.executeQuery("SCRIPT")) {
                while (rows.next()) {
                    writer.write(rows.getString(1));
                    writer.newLine();
                }
            }
        }
    }

    private void run(BackupSettings.Way.Command command, Path file, String timestamp) throws IOException, SQLException {
        String schema = session.product().hasCatalogs()
                ? session.connection().getCatalog()
                : session.connection().getSchema();
        Map<String, String> values = Map.of(
                "{file}",
                file.toString(),
                "{name}",
                name,
                "{schema}",
                String.valueOf(schema),
                "{timestamp}",
                timestamp);
        List<String> words = command.words().stream()
                .map(word -> {
                    String text = word;
                    for (Map.Entry<String, String> value : values.entrySet()) {
                        text = text.replace(value.getKey(), value.getValue());
                    }
                    return text;
                })
                .toList();
        Optional<String> failure =
                new BackupCommand(words, limit).run(line -> Log.log(Message.BACKUP_SAYS, name, line));
        if (failure.isPresent()) {
            throw new IOException(failure.get());
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            Log.trace(Message.BACKUP_FAILED, e);
        }
    }

    private static RunStopped stopped(Explanation explanation) {
        return new RunStopped(new MigrationFailure.RunFailed(explanation, Optional.empty(), List.of()));
    }
}

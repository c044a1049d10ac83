package io.github.deploymigrations.preflight;

import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.BackupSettings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whether the backup before the scripts can be made at all. */
public final class BackupMeans implements Probe {

    @Override
    public List<Finding> ask(Undertaking work) throws SQLException {
        Optional<BackupSettings> backup = work.settings().precautions().backup();
        if (backup.isEmpty() || work.isBackedUp() || work.plan().running().isEmpty()) {
            return List.of();
        }
        String database = work.connection().getMetaData().getDatabaseProductName();
        return missing(backup.get(), work.product(), database).stream()
                .map(explanation -> (Finding) new Finding.Fatal("backup", explanation))
                .toList();
    }

    /**
     * What is missing for it.
     *
     * @param database for people
     */
    public static List<Explanation> missing(BackupSettings backup, Product product, String database) {
        List<Explanation> missing = new ArrayList<>();
        if (backup.way() instanceof BackupSettings.Way.Auto && !product.backsUpItself()) {
            missing.add(Message.BACKUP_NOT_AUTO.with(database));
        }
        if (!Files.isDirectory(backup.directory()) || !Files.isWritable(backup.directory())) {
            missing.add(Message.BACKUP_DIRECTORY_UNUSABLE.with(backup.directory()));
        }
        if (backup.way() instanceof BackupSettings.Way.Command command
                && !mayBeThere(command.words().get(0), Optional.ofNullable(System.getenv("PATH")))) {
            missing.add(Message.BACKUP_PROGRAM_MISSING.with(command.words().get(0)));
        }
        return missing;
    }

    /** By the rules of Unix; of others, and of what depends on where the process is, nobody knows. */
    static boolean mayBeThere(String program, Optional<String> searched) {
        try {
            if (File.separatorChar != '/'
                    || program.contains("{")
                    || (program.contains("/") && !program.startsWith("/"))) {
                return true;
            }
            return program.startsWith("/")
                    ? isProgram(Path.of(program))
                    : searched.isEmpty()
                            || Arrays.stream(searched.get().split(File.pathSeparator, -1))
                                    .anyMatch(folder -> folder.isEmpty() || isProgram(Path.of(folder, program)));
        } catch (InvalidPathException e) {
            return true;
        }
    }

    private static boolean isProgram(Path file) {
        return Files.isExecutable(file) && !Files.isDirectory(file);
    }
}

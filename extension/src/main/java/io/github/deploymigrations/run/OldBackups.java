package io.github.deploymigrations.run;

import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The backups of one block, which alone are removed when they are too old: nothing that is named otherwise. */
final class OldBackups {
    private final Path directory;
    private final Pattern ours;

    OldBackups(String block, Path directory) {
        this.directory = directory;
        this.ours = Pattern.compile(Pattern.quote("migrations-" + block + "-") + "[0-9]{8}T[0-9]{9}Z\\.backup");
    }

    static String name(String block, String timestamp) {
        return "migrations-" + block + "-" + timestamp + ".backup";
    }

    /** @param newest which stays whatever the clocks say */
    void remove(Duration retention, Path newest) {
        Instant limit = Instant.now().minus(retention);
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> backups = files.filter(
                            file -> ours.matcher(file.getFileName().toString()).matches())
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && !file.equals(newest))
                    .toList();
            for (Path backup : backups) {
                if (Files.getLastModifiedTime(backup).toInstant().isBefore(limit)) {
                    Files.delete(backup);
                    Log.log(Message.BACKUP_REMOVED, backup);
                }
            }
        } catch (IOException e) {
            Log.log(Message.BACKUP_NOT_REMOVED, e);
        }
    }
}

package io.github.deploymigrations.lock;

import io.github.deploymigrations.database.Query;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.TableName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * SQLite's: an open transaction that has written keeps the whole database from the one that does the work, so the lock
 * is one of the operating system, on a file beside the database's. It ends with the process; the file stays, because who
 * deletes it could take it from under one who just opened it.
 */
final class FileBesideLock implements MigrationLock {
    /** The lock is on a byte behind the text, so that the text can be read where locks keep readers off (Windows). */
    private static final long LOCKED_BYTE = 1L << 40;

    private static final int ATTEMPTS = 10;
    private static final long PAUSE_NANOS = 5_000_000;

    private final Contender contender;
    private final TableName changelog;
    private final Connection working;

    FileBesideLock(Contender contender, TableName changelog, Connection working) {
        this.contender = contender;
        // names have no case here, quoted or not, which the driver's metadata does not tell (3.50)
        this.changelog = new TableName(changelog.sql().toLowerCase(Locale.ROOT));
        this.working = working;
    }

    /**
     * The name of the system property that has the text of a file that this process has locked, and the monitor of all who
     * are about to open it: a POSIX lock is lost when its process closes the file anywhere. As each application of a server
     * has its own copy of this class, both are the JVM's.
     */
    private static String entry(String file) {
        return (FileBesideLock.class.getName() + " " + file).intern();
    }

    /** Empty for a database in memory, which no other connection sees. */
    private Optional<Path> file() throws SQLException {
        LockName name = LockName.of(changelog, working);
        return Query.row(working, "select file from pragma_database_list where name = 'main'")
                .map(row -> row.get(0))
                .filter(file -> file != null && !file.isEmpty())
                .map(file -> Path.of(file + "-" + name.text().substring(0, 27)));
    }

    @Override
    public Optional<Held> tryAcquire() throws SQLException, LockFailed {
        Optional<Path> file = file();
        if (file.isEmpty()) {
            return Optional.of(new HeldFile(Optional.empty(), ""));
        }
        String path = file.get().toString();
        synchronized (entry(path)) {
            if (System.getProperty(entry(path)) != null) {
                return Optional.empty();
            }
            try {
                return lock(file.get()).map(Optional::of).map(channel -> new HeldFile(channel, path));
            } catch (IOException e) {
                if (e instanceof FileSystemException refusal && isReadOnly(file.get())) {
                    // nor may SQLite write its journal there
                    String reason = Optional.ofNullable(refusal.getReason()).orElse("permission denied");
                    throw new LockFailed(Message.DATABASE_READ_ONLY.with(path + ": " + reason));
                }
                throw new SQLException(path + ": " + e.getMessage(), e);
            }
        }
    }

    private static boolean isReadOnly(Path file) {
        Path place = Files.exists(file) ? file : file.toAbsolutePath().getParent();
        return Files.exists(place) && !Files.isWritable(place);
    }

    private Optional<FileChannel> lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            if (locks(channel)) {
                String text = contender.node() + "\n" + contender.deployment() + "\n" + Instant.now();
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                System.setProperty(entry(file.toString()), text);
                taken = true;
            }
            return taken ? Optional.of(channel) : Optional.empty();
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** Of another process, who only looks has the lock as well, for a moment. */
    private static boolean locks(FileChannel channel) throws IOException {
        for (int attempt = 1; channel.tryLock(LOCKED_BYTE, 1, false) == null; attempt++) {
            if (attempt == ATTEMPTS) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    @Override
    public Optional<LockHolder> holder() throws SQLException {
        Optional<Path> file = file();
        if (file.isEmpty()) {
            return Optional.empty();
        }
        String entry = entry(file.get().toString());
        synchronized (entry) {
            String ours = System.getProperty(entry);
            return ours != null ? Optional.of(written(ours)) : others(file.get());
        }
    }

    private static Optional<LockHolder> others(Path file) throws SQLException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false)) {
            return lock == null ? Optional.of(written(Files.readString(file))) : Optional.empty();
        } catch (IOException | OverlappingFileLockException e) {
            throw new SQLException(file + ": " + e.getMessage(), e);
        }
    }

    private static LockHolder written(String text) {
        List<String> lines = text.lines().toList();
        return lines.size() < 3
                ? LockHolder.UNKNOWN
                : new LockHolder(
                        Optional.of(lines.get(0)),
                        Optional.of(lines.get(1)),
                        Optional.of(Instant.parse(lines.get(2))),
                        Optional.empty());
    }

    private final class HeldFile implements Held {
        private final Optional<FileChannel> channel;
        private final String path;

        HeldFile(Optional<FileChannel> channel, String path) {
            this.channel = channel;
            this.path = path;
            Log.log(Message.LOCK_TAKEN, changelog, path);
        }

        /** Only this process can give the lock away. */
        @Override
        public void verify() throws LockLost {
            if (channel.isPresent() && !channel.get().isOpen()) {
                throw LockLost.taken(changelog);
            }
        }

        @Override
        public void close() {
            if (channel.isEmpty() || !channel.get().isOpen()) {
                return;
            }
            synchronized (entry(path)) {
                try {
                    channel.get().close();
                } catch (IOException e) {
                    Log.trace(Message.LOCK_RELEASED, e);
                }
                System.clearProperty(entry(path));
            }
            Log.log(Message.LOCK_RELEASED, changelog);
        }
    }
}

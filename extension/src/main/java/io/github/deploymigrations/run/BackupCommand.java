package io.github.deploymigrations.run;

import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.messages.Excerpt;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A program of the operator's, run without a shell and without input, with what it prints going to the log. */
final class BackupCommand {
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final int LONGEST_LINE = 1000;

    private final List<String> words;
    private final Duration limit;
    private volatile String lastLine = "";

    BackupCommand(List<String> words, Duration limit) {
        this.words = words;
        this.limit = limit;
    }

    /** Why it failed; empty if it went well. */
    Optional<String> run(Consumer<String> output) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        Thread reader = new Thread(() -> read(process, output), "migrations-backup");
        reader.setDaemon(true);
        reader.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.of(words.get(0) + " did not end in " + limit.toSeconds() + " s");
            }
            // of a child that it left behind, nobody waits for the end
            reader.join(LAST_WORDS.toMillis());
            int exit = process.exitValue();
            return exit == 0
                    ? Optional.empty()
                    : Optional.of(words.get(0) + " ended with exit code " + exit
                            + (lastLine.isEmpty() ? "" : ": " + lastLine));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the deployment was interrupted");
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private void read(Process process, Consumer<String> output) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    lastLine = Excerpt.of(Errors.masked(line), LONGEST_LINE);
                    output.accept(lastLine);
                }
            }
        } catch (IOException e) {
            Log.trace(Message.BACKUP_FAILED, e);
        }
    }
}

package io.github.deploymigrations.deployment;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks one database, one question at a time and in a thread of its own: who reads about it takes one connection from the
 * application, however many read. None of them waits for longer than a limit, and few for long, as they wait in threads
 * that the application needs. Thread-safe.
 */
final class Asker implements ThreadFactory {
    /** How long a reader waits for an answer. */
    static final Duration LIMIT = Duration.ofSeconds(5);
    /** How long one waits who comes when so many wait already. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static final int PATIENT = 10;

    private final Semaphore patient = new Semaphore(PATIENT);
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this);
    private volatile OptionalLong askedAt = OptionalLong.empty();

    Asker() {
        thread.allowCoreThreadTimeOut(true);
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "migrations-status");
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        return thread;
    }

    /** Asks when its turn comes, unless the answer is cancelled by then. */
    <T> CompletableFuture<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        thread.execute(() -> {
            if (!answer.isDone()) {
                askedAt = OptionalLong.of(System.nanoTime());
                try {
                    answer.complete(question.get());
                } catch (RuntimeException | Error e) {
                    answer.completeExceptionally(e);
                } finally {
                    askedAt = OptionalLong.empty();
                }
            }
        });
        return answer;
    }

    /** Waits for the answer; where the database is silent already, for so much less. Empty if there is none by then. */
    <T> Optional<T> await(CompletableFuture<T> answer) {
        boolean isPatient = patient.tryAcquire();
        try {
            Duration time = (isPatient ? LIMIT : SHORT).minus(silence());
            return Optional.of(answer.get(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (isPatient) {
                patient.release();
            }
        }
    }

    /** Asks a question that nobody else has. Empty if there is no answer in time. */
    <T> Optional<T> answer(Supplier<T> question) {
        CompletableFuture<T> asked = ask(question);
        Optional<T> answer = await(asked);
        if (answer.isEmpty()) {
            asked.cancel(false);
        }
        return answer;
    }

    /** For how long it has been waiting for the database. */
    private Duration silence() {
        OptionalLong since = askedAt;
        return since.isPresent() ? Duration.ofNanos(System.nanoTime() - since.getAsLong()) : Duration.ZERO;
    }
}

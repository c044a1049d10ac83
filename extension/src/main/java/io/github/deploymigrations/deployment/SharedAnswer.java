package io.github.deploymigrations.deployment;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The answer to what many want to know: who comes while it is being asked for gets the same, and so does who comes while
 * it is fresh. Thread-safe.
 */
final class SharedAnswer<T> {
    /** Where there is no answer in time, the last one will do if it is not older than this many times as long as it is fresh. */
    private static final int TIMES = 5;

    private final Asker asker;
    private final Duration fresh;
    private Optional<CompletableFuture<Answered<T>>> asked = Optional.empty();
    private Optional<Answered<T>> last = Optional.empty();

    private record Answered<T>(T value, long at) {
        boolean isYoungerThan(Duration age) {
            return System.nanoTime() - at < age.toNanos();
        }
    }

    /** @param fresh for how long it is not asked for again */
    SharedAnswer(Asker asker, Duration fresh) {
        this.asker = asker;
        this.fresh = fresh;
    }

    /** Empty if nobody knows in time. */
    Optional<T> get(Supplier<T> question) {
        return ask(question).get();
    }

    /** Asks, and waits when somebody wants to know: what comes of it is empty if nobody knows in time. */
    Supplier<Optional<T>> ask(Supplier<T> question) {
        CompletableFuture<Answered<T>> answer = current(question);
        return () -> asker.await(answer).or(this::last).map(Answered::value);
    }

    private synchronized CompletableFuture<Answered<T>> current(Supplier<T> question) {
        if (asked.isEmpty() || isOld(asked.get())) {
            last = asked.filter(answer -> !answer.isCompletedExceptionally()).map(CompletableFuture::join);
            asked = Optional.of(asker.ask(() -> new Answered<>(question.get(), System.nanoTime())));
        }
        return asked.get();
    }

    private boolean isOld(CompletableFuture<Answered<T>> answer) {
        return answer.isDone()
                && (answer.isCompletedExceptionally() || !answer.join().isYoungerThan(fresh));
    }

    private synchronized Optional<Answered<T>> last() {
        return last.filter(answered -> answered.isYoungerThan(fresh.multipliedBy(TIMES)));
    }

    /** What was true may be so no more: it is asked for again. */
    synchronized void forget() {
        asked = Optional.empty();
        last = Optional.empty();
    }
}

package io.github.deploymigrations.scripts;

import java.util.Optional;
import java.util.function.Supplier;

/** What is read when it is asked for, and kept; a failure is not. Thread-safe. */
final class ReadOnce<T> implements Supplier<T> {
    private final Supplier<T> source;
    private Optional<T> value = Optional.empty();

    ReadOnce(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public synchronized T get() {
        if (value.isEmpty()) {
            value = Optional.of(source.get());
        }
        return value.get();
    }
}

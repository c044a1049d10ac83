package io.github.deploymigrations.jndi;

import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.time.Duration;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import javax.sql.DataSource;

/** Looks up DataSources by JNDI name. */
@SuppressWarnings("BanJNDI") // the names are the application's own, and those of remote protocols are refused
public final class DataSources {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private DataSources() {}

    /** What a name stands for. */
    public sealed interface Lookup {
        /** The DataSource, if the name stands for one. */
        default Optional<DataSource> dataSource() {
            return Optional.empty();
        }

        /** Why there is no DataSource. */
        default Optional<Explanation> reason() {
            return Optional.empty();
        }

        /** A DataSource. */
        record Found(DataSource found) implements Lookup {
            @Override
            public Optional<DataSource> dataSource() {
                return Optional.of(found);
            }
        }

        /** Nothing yet, or never. */
        record NotBound(Explanation explanation) implements Lookup {
            @Override
            public Optional<Explanation> reason() {
                return Optional.of(explanation);
            }
        }

        /** Something that is no DataSource. */
        record WrongType(Explanation explanation) implements Lookup {
            @Override
            public Optional<Explanation> reason() {
                return Optional.of(explanation);
            }
        }
    }

    /** Looks once. */
    public static Lookup lookup(String name) {
        try {
            Object found = InitialContext.doLookup(name);
            return found instanceof DataSource dataSource
                    ? new Lookup.Found(dataSource)
                    : new Lookup.WrongType(Message.DATA_SOURCE_WRONG_TYPE.with(
                            name, found == null ? "nothing" : found.getClass().getName()));
        } catch (NamingException e) {
            // Payara wraps NameNotFoundException, so that the type tells nothing
            Log.trace(Message.DATA_SOURCE_NOT_BOUND, e);
            return new Lookup.NotBound(Message.DATA_SOURCE_NOT_BOUND.with(name, reason(e)));
        }
    }

    private static String reason(NamingException e) {
        String explanation = e.getExplanation() == null ? e.toString() : e.getExplanation();
        return Errors.masked(explanation.lines().findFirst().orElse("").strip());
    }

    /** Looks again and again until the name is bound or the time is over. */
    public static Lookup await(String name, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        Lookup lookup = lookup(name);
        while (lookup instanceof Lookup.NotBound && System.nanoTime() < end) {
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return lookup;
            }
            lookup = lookup(name);
        }
        return lookup;
    }

    /** Whether there is a naming service at all; a plain Java program has none. */
    public static boolean isAvailable() {
        try {
            new InitialContext().lookup("java:comp");
            return true;
        } catch (NoInitialContextException e) {
            return false;
        } catch (NamingException e) {
            return true;
        }
    }

    /**
     * Whether the names of this component are bound by now, so that one which is not there never will be. {@code
     * java:comp/BeanManager} is among them by the platform's specification (Jakarta EE 10, EE.5.19), and tells it where
     * {@code java:comp/env} itself does not.
     */
    public static boolean areComponentNamesBound() {
        try {
            InitialContext.doLookup("java:comp/BeanManager");
            return true;
        } catch (NamingException e) {
            return false;
        }
    }
}

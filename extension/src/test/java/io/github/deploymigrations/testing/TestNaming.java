package io.github.deploymigrations.testing;

import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;

/**
 * A naming service inside of the test's process: what a server binds. There is none until something is bound, and none
 * after {@link #clear}, as in a plain Java program.
 */
public final class TestNaming implements InitialContextFactory {
    private static final Map<String, Object> NAMES = new ConcurrentHashMap<>();

    /** Binds a name, all of it: {@code java:comp/DefaultDataSource}. An exception is what looking it up throws. */
    public static void bind(String name, Object value) {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, TestNaming.class.getName());
        NAMES.put(name, value);
    }

    /** Unbinds everything, and ends the service. */
    public static void clear() {
        NAMES.clear();
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    }

    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
        return new Names();
    }

    /** The class that JNDI has for contexts which do nothing but look up. */
    private static final class Names extends InitialContext {
        Names() throws NamingException {
            super(true);
        }

        @Override
        public Object lookup(String name) throws NamingException {
            Object value = NAMES.get(name);
            if (value == null) {
                throw new NameNotFoundException(name);
            }
            if (value instanceof RuntimeException defect) {
                throw defect;
            }
            if (value instanceof NamingException refused) {
                throw refused;
            }
            return value;
        }
    }
}

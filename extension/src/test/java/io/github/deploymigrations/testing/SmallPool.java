package io.github.deploymigrations.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A real pool (HikariCP) as an application has it, which tells what one of its users takes out of it. */
public final class SmallPool implements AutoCloseable {
    private final HikariDataSource pool;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /** @param refusal how long it lets anyone wait for a connection */
    public SmallPool(DataSource database, int size, Duration refusal) {
        QuietLoggers.of("com.zaxxer.hikari");
        HikariConfig config = new HikariConfig();
        config.setDataSource(database);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(refusal.toMillis());
        config.setValidationTimeout(Math.min(1_000, refusal.toMillis()));
        pool = new HikariDataSource(config);
    }

    /** The pool for the application. */
    public DataSource dataSource() {
        return pool;
    }

    /** The pool for the one user who is watched. */
    public DataSource watched() {
        return (DelegatingDataSource) () -> watched(pool.getConnection());
    }

    /** How many connections the watched one has taken. */
    public int taken() {
        return taken.get();
    }

    /** How many of them it has not given back. */
    public int held() {
        return held.get();
    }

    /** How many of them at most at the same time. */
    public int most() {
        return most.get();
    }

    /** Counts from here on. */
    public void forget() {
        taken.set(0);
        most.set(held.get());
    }

    private Connection watched(Connection real) {
        taken.incrementAndGet();
        most.accumulateAndGet(held.incrementAndGet(), Math::max);
        boolean[] closed = new boolean[1];
        return (Connection) Proxy.newProxyInstance(
                SmallPool.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (method.getName().equals("close") && !closed[0]) {
                        closed[0] = true;
                        held.decrementAndGet();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Ends all connections, those in use too. */
    @Override
    public void close() {
        pool.close();
    }
}

package io.github.deploymigrations.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Real connections, and something that happens once: right before a chosen statement is prepared. */
public final class Meanwhile implements DelegatingDataSource {
    private final DataSource real;
    private final String before;
    private final Runnable event;
    private boolean happened;

    public Meanwhile(DataSource real, String before, Runnable event) {
        this.real = real;
        this.before = before;
        this.event = event;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = real.getConnection();
        return (Connection) Proxy.newProxyInstance(
                Meanwhile.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    boolean now = method.getName().equals("prepareStatement")
                            && arguments[0].toString().contains(before);
                    if (now && !happened) {
                        happened = true;
                        event.run();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

package io.github.deploymigrations.run;

import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** A connection of the lock or of a hook: in the schema of the session that does the work, and given back where it was. */
final class SecondConnection {
    private final Connection real;
    private final Product product;
    private final String home;

    private SecondConnection(Connection real, Product product) throws SQLException {
        this.real = real;
        this.product = product;
        this.home = product.place(real);
    }

    /** @param real is closed if it cannot go there */
    static Connection of(Connection real, Session session) throws SQLException {
        try {
            SecondConnection second = new SecondConnection(real, session.product());
            session.enter(real);
            if (!real.getAutoCommit()) {
                // asking for its place began a transaction, in which PostgreSQL (14) changes no isolation
                real.commit();
            }
            return (Connection) Proxy.newProxyInstance(
                    SecondConnection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (self, method, values) -> {
                        if (method.getName().equals("close")) {
                            second.goHome();
                        }
                        try {
                            return method.invoke(real, values);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        } catch (SQLException e) {
            real.close();
            throw e;
        }
    }

    /** PostgreSQL's path is part of the transaction in which it is set. */
    private void goHome() {
        try {
            if (home != null && !real.isClosed() && !home.equals(product.place(real))) {
                boolean transaction = !real.getAutoCommit();
                if (transaction) {
                    real.rollback();
                }
                product.goTo(real, home);
                if (transaction) {
                    real.commit();
                }
            }
        } catch (SQLException e) {
            Log.trace(Message.CONNECTION_FAILED, e);
        }
    }
}

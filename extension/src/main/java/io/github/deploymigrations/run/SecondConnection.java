package io.github.deploymigrations.run;

import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;

/**
 * A connection of the lock or of a hook: in the schema of the session that does the work, ended with it where the time is
 * over, and given back as it came.
 */
final class SecondConnection {
    private final Connection real;
    private final Product product;
    private final TimeLimit limit;
    private final OptionalInt patience;
    /** Null where it is nowhere. */
    private String home;

    private SecondConnection(Connection real, Product product, TimeLimit limit) {
        this.real = real;
        this.product = product;
        this.limit = limit;
        this.patience = Session.patience(real);
    }

    /** @param real is closed if it cannot go there */
    static Connection of(Connection real, Session session, TimeLimit limit) throws SQLException {
        SecondConnection second = new SecondConnection(real, session.product(), limit);
        limit.watchAlso(real);
        try {
            second.goTo(session);
            return (Connection) Proxy.newProxyInstance(
                    SecondConnection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (self, method, values) -> {
                        if (method.getName().equals("close")) {
                            second.goBack();
                        }
                        try {
                            return method.invoke(real, values);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        } catch (SQLException e) {
            second.goBack();
            real.close();
            throw e;
        }
    }

    private void goTo(Session session) throws SQLException {
        home = product.place(real);
        session.enter(real);
        if (!real.getAutoCommit()) {
            // asking for its place began a transaction, in which PostgreSQL (14) changes no isolation
            real.commit();
        }
    }

    private void goBack() {
        limit.forget(real);
        try {
            if (!real.isClosed()) {
                goHome();
                if (!patience.equals(Session.patience(real))) {
                    real.setNetworkTimeout(Runnable::run, patience.orElse(0));
                }
            }
        } catch (SQLException e) {
            Log.trace(Message.CONNECTION_FAILED, e);
        }
    }

    /** PostgreSQL's path is part of the transaction in which it is set; to ask for it begins one, too. */
    private void goHome() throws SQLException {
        boolean transaction = !real.getAutoCommit();
        if (transaction) {
            real.rollback();
        }
        if (home != null && !home.equals(product.place(real))) {
            product.goTo(real, home);
        }
        if (transaction) {
            real.commit();
        }
    }
}

package io.github.deploymigrations.lock;

import java.sql.Connection;
import java.sql.SQLException;

/** Gives a connection of its own, which the caller closes. May wait as long as a pool does. */
@FunctionalInterface
public interface ConnectionSource {
    Connection open() throws SQLException;
}

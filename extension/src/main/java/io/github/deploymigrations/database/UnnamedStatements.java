package io.github.deploymigrations.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Keeps pgjdbc from giving names to statements that are repeated. Behind a pooler another session does not know them, or
 * has them from somebody else ("prepared statement S_1 does not exist", also of a commit: 42.7 with PgBouncer 1.18).
 */
public final class UnnamedStatements {
    private final PostgresDriver driver;
    private final int threshold;

    private UnnamedStatements(PostgresDriver driver, int threshold) {
        this.driver = driver;
        this.threshold = threshold;
    }

    /** From now on; empty where that is so anyway, or cannot be said. */
    public static Optional<UnnamedStatements> on(Connection connection) throws SQLException {
        Optional<PostgresDriver> driver = PostgresDriver.of(connection);
        OptionalInt threshold =
                driver.isEmpty() ? OptionalInt.empty() : driver.get().threshold();
        if (threshold.isEmpty() || threshold.getAsInt() == 0) {
            return Optional.empty();
        }
        driver.get().threshold(0);
        return Optional.of(new UnnamedStatements(driver.get(), threshold.getAsInt()));
    }

    /** Makes the driver as it was. */
    public void end() throws SQLException {
        driver.threshold(threshold);
    }
}

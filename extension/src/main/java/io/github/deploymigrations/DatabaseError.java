package io.github.deploymigrations;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What the database or its driver said. Immutable.
 *
 * @param message the driver's text without passwords and without the values of secret variables, never null
 * @param sqlState the SQLState, if the driver gave one
 * @param vendorCode the vendor's error code; 0 where the driver gave none
 */
public record DatabaseError(String message, Optional<String> sqlState, int vendorCode) {
    public DatabaseError {
        requireNonNull(message);
        requireNonNull(sqlState);
    }
}

package io.github.deploymigrations;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The id of a revision: the number that a script's file name starts with and that the changelog stores.
 *
 * <p>Up to 20 digits, which is what MyBatis' changelog column {@code NUMERIC(20,0)} holds. Immutable.
 *
 * @param value the number, not negative, never null
 */
public record RevisionId(BigInteger value) implements Comparable<RevisionId> {
    private static final int LONGEST = 20;
    private static final BigInteger LIMIT = BigInteger.TEN.pow(LONGEST);

    public RevisionId {
        if (!isId(value)) {
            throw new IllegalArgumentException("not a revision id: " + value);
        }
    }

    /** The id that the text spells, or empty if it is not one to twenty digits. */
    public static Optional<RevisionId> parse(String text) {
        return isNumber(text) ? Optional.of(new RevisionId(new BigInteger(text))) : Optional.empty();
    }

    private static boolean isNumber(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) < '0' || text.charAt(index) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= LONGEST;
    }

    /** The id of a changelog row, or empty if MyBatis wrote one that is no whole number of up to 20 digits. */
    public static Optional<RevisionId> of(BigDecimal number) {
        boolean whole = number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0;
        BigInteger value = number.toBigInteger();
        return whole && isId(value) ? Optional.of(new RevisionId(value)) : Optional.empty();
    }

    private static boolean isId(BigInteger value) {
        return value.signum() >= 0 && value.compareTo(LIMIT) < 0;
    }

    /** By itself: the one that a record is given costs a start more than all else that is done with ids (JDK 17). */
    @Override
    public boolean equals(Object other) {
        return other instanceof RevisionId id && value.equals(id.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(RevisionId other) {
        return value.compareTo(other.value);
    }

    /** The digits without leading zeros. */
    @Override
    public String toString() {
        return value.toString();
    }
}

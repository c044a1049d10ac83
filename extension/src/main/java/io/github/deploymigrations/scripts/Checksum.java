package io.github.deploymigrations.scripts;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, and how it is written. Thread-safe. */
final class Checksum {
    private static final String ALGORITHM = "sha256:";

    /** Copied and never changed, so that the providers of security are not asked for each script. */
    private static final MessageDigest NOTHING;

    static {
        try {
            NOTHING = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Checksum() {}

    /** Of nothing yet. */
    static MessageDigest begin() {
        return copy(NOTHING);
    }

    static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With the name of the algorithm; the digest is of nothing again. */
    static String text(MessageDigest digest) {
        return ALGORITHM + HexFormat.of().formatHex(digest.digest());
    }
}

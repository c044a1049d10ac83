package io.github.deploymigrations.lock;

/** What a DBA needs to find a session. */
final class SessionName {
    private SessionName() {}

    /** The number, then the user and the address where they may be seen; these two may be null. */
    static String of(String number, String user, String address) {
        return number + (user == null ? "" : " of " + user) + (address == null ? "" : " from " + address);
    }
}

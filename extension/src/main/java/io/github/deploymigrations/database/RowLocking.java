package io.github.deploymigrations.database;

/** The ways to keep others off by a row, without waiting, so that they can still see who it is. */
public enum RowLocking {
    /** Readers see what a transaction did not commit: the locked row itself says who holds it, while he does. */
    UNCOMMITTED,
    /** A row can be asked for without waiting for it; who holds it is told by another row. */
    NOWAIT,
    /**
     * A transaction that waits for a lock cannot be stopped, and one that is open stops definitions (HSQLDB 2.7.4): a
     * committed row names the session that holds it, and counts while that session lives.
     */
    SESSION,
    /** One transaction can write in the whole database (SQLite): a lock on a file beside it. */
    FILE
}

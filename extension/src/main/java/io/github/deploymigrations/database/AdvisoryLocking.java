package io.github.deploymigrations.database;

/** The kinds of locks that belong to a session and to no table. */
public enum AdvisoryLocking {
    /** PostgreSQL's {@code pg_try_advisory_lock}: by a number, in one database. */
    NUMBER,
    /** MySQL's and MariaDB's {@code GET_LOCK}: by a name, in the whole server. */
    NAME,
    /** SQL Server's {@code sp_getapplock}: by a name, in one database. */
    RESOURCE
}

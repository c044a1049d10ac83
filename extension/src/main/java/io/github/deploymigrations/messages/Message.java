package io.github.deploymigrations.messages;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Every message of the extension, once. The ids are stable: they are listed in {@code docs/messages.md}, and a test holds
 * that list against this one. 1xx settings, 2xx scripts, 3xx database and changelog, 4xx refusals, 5xx the run, 6xx the
 * deployment, 7xx the status page, 8xx the command line.
 *
 * <p>What happened and what to do are format strings of {@link String#format} over the same arguments.
 */
public enum Message {
    SETTINGS_INVALID(100, Level.ERROR, "The settings of the migrations have problems: %s.", "Correct each of them."),
    KEY_UNKNOWN(
            101,
            Level.ERROR,
            "There is no key \"%s\".",
            "Did you mean \"%2$s\"? The keys are in docs/configuration.md."),
    KEY_TWICE(102, Level.ERROR, "The key \"%s\" is set again; it was set in %s.", "Remove one of the two."),
    VALUE_MALFORMED(103, Level.ERROR, "\"%2$s\" is no value for %1$s.", "Write %3$s."),
    PLACEHOLDER_UNRESOLVED(
            104,
            Level.ERROR,
            "%s has a placeholder without a value: %s.",
            "Set the system property or environment variable, give a default (${name:default}), or write \\${ for the"
                    + " characters themselves."),
    BLOCK_NAME_INVALID(
            105,
            Level.ERROR,
            "\"%s\" is no name of a block.",
            "Use lower case letters and digits, beginning with a letter, and none of: %2$s."),
    BLOCK_TWICE(106, Level.ERROR, "There are two blocks named \"%s\".", "Give each block its own name attribute."),
    BLOCK_UNKNOWN(107, Level.ERROR, "There is no block named \"%s\".", "The blocks of this application: %2$s."),
    XML_MALFORMED(108, Level.ERROR, "The file is no well-formed XML: %s", "Correct it."),
    XML_ELEMENT_UNKNOWN(
            109,
            Level.ERROR,
            "The element %s is not known here.",
            "Use <migrations xmlns=\"%2$s\"> with <property name=\"…\" value=\"…\"/> in it."),
    XML_ATTRIBUTE_UNKNOWN(110, Level.ERROR, "There is no attribute \"%s\".", "The attributes are: %2$s."),
    XML_ATTRIBUTE_MISSING(
            111, Level.ERROR, "The attribute \"%s\" is missing.", "Write <property name=\"…\" value=\"…\"/>."),
    XML_TEXT(
            112,
            Level.ERROR,
            "Text between the elements means nothing here.",
            "Write <property name=\"…\" value=\"…\"/>."),
    PROPERTIES_MALFORMED(
            113, Level.ERROR, "This is no entry of a properties file: %s", "Double each backslash that is meant."),
    SETTING_OF_THE_WAR(
            114,
            Level.ERROR,
            "%s belongs to the whole WAR, and another block has \"%s\" (%s).",
            "State it once, or the same in each block."),
    CHANGELOG_SHARED(
            115,
            Level.ERROR,
            "The blocks \"%s\" and \"%s\" share one changelog in %s, and would take each other's revisions for missing.",
            "Give one of them another changelog, schema or data-source."),
    KEY_OF_THE_CONTAINER(
            116,
            Level.ERROR,
            "%s belongs to a deployment, and means nothing to a Java program.",
            "Remove it: the DataSource, migrate() or validate(), and the exception stand for it."),
    LOCATION_OUTSIDE(
            117,
            Level.ERROR,
            "%s is outside of the deployment.",
            "Name a folder of the WAR's class path, for example migrations."),
    LOCATION_TWICE(118, Level.ERROR, "\"%s\" names one location twice.", "Name each location once."),
    OVERRIDES_IGNORED(
            119,
            Level.WARNING,
            "Overrides from outside of the application that mean nothing to it are ignored: %s",
            ""),
    FILE_UNREADABLE(120, Level.ERROR, "The settings cannot be read: %s", "Check the WAR."),
    JAR_OF_AN_EAR(
            121,
            Level.ERROR,
            "The jar of the migrations is outside of the WAR, where it cannot tell whose settings and scripts it serves.",
            "Move it from the EAR or the server into WEB-INF/lib of the WAR that has the scripts."),
    SETTINGS_OVERLOOKED(
            122,
            Level.ERROR,
            "WEB-INF/beans.xml configures migrations, and the jar of the migrations could not find it: it lies outside of the WAR.",
            "Put the jar into WEB-INF/lib of the WAR."),
    PROPERTIES_NOT_UTF8(
            123,
            Level.ERROR,
            "The entry has characters that are no UTF-8.",
            "Save the file in UTF-8, or write each of them as a backslash, u and four digits."),
    BACKUP_DIRECTORY_MISSING(
            130,
            Level.ERROR,
            "There is a backup, and no backup-directory.",
            "Set backup-directory to the absolute path of a directory that only this server's user may read."),

    SCRIPTS_INVALID(
            200,
            Level.ERROR,
            "The scripts have problems: %s. Nothing was written to a database.",
            "Correct each of them."),
    SCRIPTS_MISSING(
            201,
            Level.ERROR,
            "Migrations are configured, but there is no script.",
            "Put <id>_<description>.sql files there, or correct the location; a library needs entries for its folders too."),
    SCRIPT_MISNAMED(
            202,
            Level.ERROR,
            "The file's name is not <id>_<description>.sql with an id of 1 to 20 digits%s.",
            "Rename it, or move it out of the folder."),
    SCRIPT_ID_TWICE(
            203,
            Level.ERROR,
            "The id %s is taken by %s (%s) and by %s (%s).",
            "Give one of them another id; never one that was applied somewhere."),
    SCRIPT_EMPTY(
            204, Level.ERROR, "The script's up part has no text at all.", "Write its statements, or delete the file."),
    SCRIPT_ONLY_UNDO(
            205,
            Level.ERROR,
            "The script has statements to undo, but none to apply.",
            "Put the statements that apply the change above the line -- //@UNDO."),
    SCRIPT_WITHOUT_STATEMENT(
            206, Level.INFO, "%s has nothing but comments: it will count as applied without doing anything.", ""),
    SCRIPT_UNTERMINATED(
            207,
            Level.ERROR,
            "The last statement does not end with the delimiter (%s).",
            "End it with the delimiter; check -- @DELIMITER, delimiter and full_line_delimiter."),
    SCRIPT_MALFORMED(
            208,
            Level.ERROR,
            "The line has characters that are no %s.",
            "Save the file in this encoding, or set script_char_set in the environment file."),
    SCRIPT_UNREADABLE(209, Level.ERROR, "The script cannot be read: %s", "Check the WAR."),
    LOCATION_UNREADABLE(210, Level.ERROR, "The location cannot be read: %s", "Check the WAR."),
    ENVIRONMENT_UNKNOWN(
            211,
            Level.ERROR,
            "There is no environment \"%s\" in the folder environments.",
            "Choose one of: %2$s; or add %1$s.properties."),
    CHARSET_UNKNOWN(
            212, Level.ERROR, "script_char_set \"%s\" is no character set of this Java.", "Use UTF-8, for example."),
    CHANGELOG_NAME_INVALID(
            213,
            Level.ERROR,
            "\"%s\" is no name of a changelog table.",
            "Write [part.]part, each letters, digits, _ and $, or quoted by you."),
    FILE_TWICE(214, Level.ERROR, "%s is there more than once: %s.", "Keep one of them."),
    HOOK_MALFORMED(215, Level.ERROR, "The hook \"%s\" is not language:file.", "Write for example SQL:after.sql."),
    HOOK_MISSING(
            216,
            Level.ERROR,
            "The hook script %s is not in the folder hooks.",
            "Add it, or correct the environment file."),
    HOOK_ENGINE_MISSING(
            217,
            Level.ERROR,
            "The hook script %s needs a script engine for %s, and the class path has none.",
            "Add an engine to WEB-INF/lib, or write the hook in SQL."),
    TARGET_UNKNOWN(
            218,
            Level.ERROR,
            "The target %s is the id of no script.",
            "Set target to the id of a script: the first is %2$s, the last %3$s."),
    SCRIPT_COMMITS(
            219,
            Level.WARNING,
            "%s ends a transaction by itself (COMMIT or ROLLBACK): a failure behind it leaves the script half done.",
            "Remove the statement; each script is committed by itself."),

    UNDO_LINE_MISWRITTEN(
            220,
            Level.ERROR,
            "This line does not begin the undo part: the statements below it would be applied.",
            "Write it as -- //@UNDO, in capitals and with the slashes; if it is a comment, say it in other words."),
    UNDO_PART_MISSING(
            230, Level.WARNING, "The script has no statement that takes it back.", "Write it below a line -- //@UNDO."),
    VARIABLE_UNKNOWN(
            231,
            Level.WARNING,
            "Nothing sets the variable %s: the statement goes to the database with the placeholder in it.",
            "Set it in the environment file or as variable.%1$s, unless the text is meant as it is."),
    TRANSACTION_FORBIDDEN(
            232,
            Level.WARNING,
            "PostgreSQL refuses \"%s\" in a transaction, and a script is one.",
            "Put the statement into a script of its own with a line -- @NO_TRANSACTION."),
    CLIENT_COMMAND(
            233,
            Level.ERROR,
            "\"%s\" is a command of a client of the database, and no SQL: no driver takes it.",
            "Write -- @DELIMITER $$ in the place of DELIMITER (not // as MyBatis takes a line that begins so for a comment);"
                    + " end statements with the delimiter in the place of GO and /, or set delimiter and"
                    + " full_line_delimiter=true in the environment file; leave out what begins with a backslash."),
    TEXT_BEHIND_DELIMITER(
            234,
            Level.WARNING,
            "MyBatis leaves out what stands behind the last delimiter of a line: \"%s\".",
            "Give it a line of its own."),
    DELIMITER_IN_COMMENT(
            235,
            Level.WARNING,
            "MyBatis ends the statement here, as there is a delimiter in the comment of the line.",
            "Take it out of the comment."),

    DATA_SOURCE_NOT_BOUND(
            301,
            Level.ERROR,
            "The DataSource %s is not bound: %s",
            "Check data-source in the settings, the server's DataSource of that name, and for java:comp/env the"
                    + " resource-ref in web.xml and its mapping; connect-timeout is how long to wait for it."),
    DATA_SOURCE_WRONG_TYPE(302, Level.ERROR, "%s is no DataSource but %s.", "Check data-source in the settings."),
    CONNECTION_FAILED(
            303,
            Level.ERROR,
            "The database cannot be reached: %s",
            "Check that it runs, and the URL, user and password of the DataSource in the server's configuration."),
    CONNECTION_HANGS(
            304,
            Level.ERROR,
            "The DataSource did not give a connection in %s ms (connect-timeout).",
            "Check the network to the database, the pool's size, and whether all its connections are in use."),
    INTERRUPTED(305, Level.ERROR, "The deployment was interrupted while it waited for the database.", "Deploy again."),
    SCHEMA_MISSING(
            306, Level.ERROR, "There is no schema %s; the database has: %s.", "Create it, or correct the key schema."),
    CHANGELOG_UNREADABLE(
            307,
            Level.ERROR,
            "The changelog %s cannot be read, so nobody can tell which scripts are applied.",
            "Give the DataSource's user the right to read it, or point changelog and schema at MyBatis' table (ID,"
                    + " APPLIED_AT, DESCRIPTION). Nothing was changed."),
    CHANGELOG_ID_INVALID(
            308,
            Level.ERROR,
            "The changelog %s has the id %s, which is no whole number of up to 20 digits.",
            "Correct the row, and the file name of the script that it stands for. Nothing was changed."),
    CHANGELOG_ID_TWICE(
            309,
            Level.ERROR,
            "The changelog %s has the revision %s twice: two runs may have applied it at the same time.",
            "Check what the script did to the database, then delete one of the rows. Nothing was changed."),
    HISTORY_UNREADABLE(
            311,
            Level.ERROR,
            "The history %s cannot be read, so nobody can tell what was tried.",
            "Give the DataSource's user the right to read it. If the table is not ours, rename it. Nothing was changed."),
    NAME_TOO_LONG(
            312,
            Level.ERROR,
            "The name of the table %s has %s %s, and this database takes %s.",
            "Choose a shorter name for the changelog: _HISTORY is put behind it. Nothing was changed."),
    OWN_TABLE_UNWRITABLE(
            313,
            Level.ERROR,
            "The history %s cannot be made or written: %s",
            "Remove the reason, then deploy again. No script was run."),
    RIGHT_MISSING(
            314,
            Level.ERROR,
            "The DataSource's user may not write what has to be written before the scripts run: %s",
            "Give him the right to create tables and to write the changelog and its history, or name another DataSource in"
                    + " data-source. No script was run."),
    DATABASE_READ_ONLY(
            315,
            Level.ERROR,
            "There is something to do, and the database is read-only: %s",
            "Point the DataSource at a database that takes changes (the primary, not a replica), or set mode=validate. No"
                    + " script was run."),
    ROOM_MISSING(
            316,
            Level.ERROR,
            "The database has no room left: %s",
            "Make room on its disk, tablespace or quota, then deploy again. No script was run."),
    IN_TRANSACTION(
            317,
            Level.ERROR,
            "The DataSource gave a connection that is in somebody else's transaction: %s",
            "Run the migrations outside of the transaction (JTA: before it begins, or suspended), or give them a DataSource"
                    + " without JTA. Nothing was changed."),
    SCHEMA_POOLED(
            350,
            Level.ERROR,
            "schema is %s, and a pooler between this server and the database (PgBouncer with pool_mode=transaction or its"
                    + " like) %s each transaction another session: what is set in one is lost to us and found by others.",
            "Let the database set it (ALTER ROLE %3$s SET search_path = %1$s, then end the pooler's sessions), or let"
                    + " data-source name a DataSource that connects to the database itself, or to a pool with"
                    + " pool_mode=session."),
    SESSION_BEHIND_POOLER(
            351,
            Level.WARNING,
            "Statements of %s set or read what belongs to the session, and are not one transaction; a pooler between this"
                    + " server and the database may give each of them another session.",
            "Let data-source name a DataSource that connects to the database itself, or to a pool with"
                    + " pool_mode=session."),
    STATEMENTS_DROPPED(
            352,
            Level.ERROR,
            "send_full_script is true, and the driver of %s runs the first statement of a text and drops the others"
                    + " without a word.",
            "Set send_full_script=false in the environment file. No script was run."),
    IN_MEMORY(310, Level.WARNING, "The database of %s is in memory: what is applied now is gone with the server.", ""),

    NOT_BEGUN(
            340,
            Level.ERROR,
            "Nothing was begun, as %s things would keep the run from ending well.",
            "Settle each of them; all were found before anything was locked or written."),
    CREATE_RIGHT_MISSING(
            341,
            Level.ERROR,
            "The DataSource's user %s may not create tables in %s, where the run has to make %s.",
            "Give him the right (%4$s), or name another DataSource in data-source. No script was run."),
    WRITE_RIGHT_MISSING(
            342,
            Level.ERROR,
            "The DataSource's user %s may not add rows to %s.",
            "Give him the right (%3$s), or name another DataSource in data-source. No script was run."),
    STATEMENT_TIME_SHORT(
            343,
            Level.WARNING,
            "A statement that takes longer than %s will be ended from outside (%s), and %s.",
            "Raise it for this DataSource, or let the script that needs longer set it."),
    CLOCKS_APART(
            344,
            Level.WARNING,
            "The database's clock is %s %s this server's, so that the times in history and changelog, and those of a window,"
                    + " are not what people take them for.",
            "Let both follow one time server."),
    BACKUP_PROGRAM_MISSING(
            345,
            Level.ERROR,
            "The program of the backup, %s, is not there or cannot be executed.",
            "Install it, or correct the key backup: a name without a folder is looked for in the PATH of the server's process."
                    + " No script was run."),
    SCHEMA_DESTROYED(
            346,
            Level.ERROR,
            "The persistence unit \"%s\" has %s=%s, which drops tables of this database when the application starts.",
            "Set it to validate or none, and put what it would make into a script."),
    SCHEMA_OF_TWO_MASTERS(
            347,
            Level.WARNING,
            "The persistence unit \"%s\" has %s=%s, and changes this database beside the scripts: what it makes is in none of"
                    + " them.",
            "Set it to validate or none, and put what it would make into a script."),

    REFUSED(400, Level.ERROR, "Scripts and database do not fit together, for %s reasons.", "Settle each of them."),
    LATE_REFUSED(
            401,
            Level.ERROR,
            "%s script(s) were never applied although newer ones were: %s.",
            "Give them ids above the newest applied revision; or set late=apply to apply them, late=skip or resolve=<id>:skip to"
                    + " leave them out for ever (%3$s)."),
    MISSING_REFUSED(
            402,
            Level.ERROR,
            "%s applied revision(s) have no script in this release: %s.",
            "Bring the scripts back; or if they are gone on purpose, set resolve=<id>:accept once (%3$s), or missing=warn."),
    TARGET_BELOW(
            403,
            Level.ERROR,
            "The target is %s, and %s newer revision(s) are applied already: %s.",
            "Raise the target, or set allow-undo=true to undo them; migrate down undoes them by hand."),
    PENDING_REFUSED(
            404,
            Level.ERROR,
            "%s script(s) are not applied: %s.",
            "Apply them, with mode=migrate or the migrate command, before this deployment."),
    NEWER_FOUND(
            405,
            Level.WARNING,
            "The database is newer than this release, which was not tested on it; it has %s revision(s) more: %s.",
            ""),
    NEWER_REFUSED(
            406,
            Level.ERROR,
            "The database has %s revision(s) that this release does not know: %s.",
            "Deploy the release that brought them, undo them by hand (migrate down), or set newer=warn."),
    CHANGED_REFUSED(
            407,
            Level.ERROR,
            "%s script(s) are not what was applied: %s.",
            "Restore the text that was applied and put the change into a new script; or set resolve=<id>:accept once, if the"
                    + " new text says what the database has (%3$s), or changed=warn."),
    CHANGED_FOUND(408, Level.WARNING, "%s script(s) are not what was applied: %s.", ""),
    MISSING_FOUND(409, Level.WARNING, "%s applied revision(s) have no script in this release: %s.", ""),
    BEGUN_ELSEWHERE(
            410,
            Level.WARNING,
            "%s revision(s) were begun by a release that is not this one, and did not end well: %s.",
            ""),
    RESOLVE_IGNORED(411, Level.INFO, "resolve names %s, where there is nothing to settle: ignored.", ""),
    INTERRUPTED_REFUSED(
            412,
            Level.ERROR,
            "The script %s was interrupted on %s at %s: its first %s of %s statements are in the database; whether statement %s"
                    + " took effect cannot be proved (%s): %s",
            "Look what the database has, then set resolve=%9$s:resume if statement %6$s had no effect, %9$s:applied if the whole"
                    + " script is there, or %9$s:pending after you took back by hand what is there of it."),
    BEGINNING_CHANGED(
            413,
            Level.ERROR,
            "The script %s did not end well on %s at %s: its first %s statements are in the database, and they are not those of"
                    + " the script any more.",
            "Restore these statements, and mend only what comes after them; or set resolve=%5$s:pending after you took back by"
                    + " hand what is there of it, or %5$s:applied if the whole script is there."),

    NOTHING_TO_SETTLE(
            415,
            Level.ERROR,
            "Revision %s is in no state that could be settled as \"%s\".",
            "Look at its state: applied, pending and resume settle a failed or interrupted one, accept a changed or missing"
                    + " one, skip a late one."),
    RESOLVE_ABOVE_TARGET(
            416,
            Level.ERROR,
            "resolve says %s:%s, and target is %s: what would be applied by it is above what may be.",
            "Raise the target; or set resolve=%1$s:pending after you took back by hand what is there of it."),
    TRANSACTION_REFUSED(
            414,
            Level.ERROR,
            "transaction is deployment, and this script cannot be in one transaction with the others: %s.",
            "Apply it with transaction=script in a deployment of its own, or change the script."),
    UNDO_NOT_ALLOWED(
            420,
            Level.ERROR,
            "newer is undo, and %s revision(s) are applied that this release does not know: %s. Nothing is undone without"
                    + " allow-undo.",
            "Set allow-undo=true if what they hold may be lost, deploy the release that brought them, or set newer=warn."),
    UNDO_MISSING(
            421,
            Level.ERROR,
            "Revision %s cannot be undone: its undo part is missing, or has no statement.",
            "Write the statements behind the line -- //@UNDO of its script (select 1; if nothing is to be done) and deploy the"
                    + " release that has it, or undo it by hand (migrate down). Nothing was undone."),
    UNDO_UNTERMINATED(
            422,
            Level.ERROR,
            "Revision %s cannot be undone: the last statement of its undo part does not end with the delimiter (%s).",
            "End it with the delimiter. Nothing was undone."),
    UNDO_UNKNOWN(
            423,
            Level.ERROR,
            "Revision %s cannot be undone: this release has no script of it, and the history keeps no undo part.",
            "Undo with the release that has the script, or by hand (migrate down). Nothing was undone."),
    UNDO_OPEN(
            424,
            Level.ERROR,
            "Nothing can be undone while %s revision(s) are begun and not ended: %s.",
            "Settle them first: let migrate go on with them, or set resolve (%3$s), with pending after you took back by hand"
                    + " what is there of it."),
    UNDO_TO_UNAPPLIED(
            425,
            Level.ERROR,
            "Revision %s is not applied.",
            "Choose one that is: the newest applied revision is %2$s."),
    UNDO_NEEDS_NEWER(
            426,
            Level.ERROR,
            "To get down to the target, %s revision(s) that this release does not know would have to be undone first: %s.",
            "Set newer=undo if what they hold may be lost, or raise the target."),
    UNDO_REFUSED(
            427,
            Level.ERROR,
            "%s revision(s) would be undone: %s.",
            "Undo them with mode=migrate, or by hand, before this deployment."),
    UNDO_HALF_DONE(
            428,
            Level.ERROR,
            "The undo of revision %s did not end well on %s at %s: the first %s of %s statements of its undo part are done, and the"
                    + " changelog still lists it.",
            "Set resolve=%1$s:resume to go on with it, %1$s:pending if you have undone the rest by hand, or %1$s:applied if you"
                    + " have restored what was undone."),
    UNDO_IN_DOUBT(
            429,
            Level.ERROR,
            "The undo of revision %s did not end well on %s at %s: the first %s of %s statements of its undo part are done;"
                    + " how far it got behind them cannot be proved (%s).",
            "Look what the database has, then set resolve=%1$s:resume to go on with the next statement, %1$s:pending if you"
                    + " have undone the rest by hand, or %1$s:applied if you have restored what was undone."),

    BASELINE_UNKNOWN(
            441,
            Level.ERROR,
            "baseline is %s, which is the id of no script.",
            "Set it to the id of the last script whose changes the database has."),
    BASELINE_ABOVE_TARGET(
            442,
            Level.ERROR,
            "baseline is %s, and target is %s: what counts as applied would be above what may be applied.",
            "Raise the target, or lower the baseline."),
    BASELINE_PENDING(
            443,
            Level.ERROR,
            "The database has no changelog, and these scripts would count as applied (baseline): %s.",
            "Let mode=migrate write that down before this deployment."),
    RECORDS_PENDING(
            447,
            Level.ERROR,
            "What settles %s revision(s) is not written down yet: %s.",
            "Let mode=migrate write that down before this deployment."),
    BASELINE_IGNORED(444, Level.INFO, "%s: baseline (%s) is ignored, as the database has a changelog already.", ""),
    BASELINE_ON_EMPTY(
            445,
            Level.WARNING,
            "The scripts up to %s count as applied (baseline), and the schema has no table at all: if it is a new database, it"
                    + " lacks what they make.",
            ""),
    WINDOW_CLOSED(
            446,
            Level.ERROR,
            "%s script(s) are pending outside of the window (%s), which opens at %s.",
            "Deploy, or run them by POST, when it is open; if they cannot wait, set another window for the time being. Nothing was"
                    + " changed."),
    DRIFT_FOUND(
            450,
            Level.WARNING,
            "The schema is not as the last run left it: somebody changed it by hand (%s): %s",
            "Bring the change into a script, or take it back. The next run that applies something records the schema as it is"
                    + " then."),
    DRIFT_UNKNOWN(
            451,
            Level.INFO,
            "%s: whether the schema was changed by hand cannot be told: %s. The next run that writes records it anew.",
            ""),
    REQUIRED_TABLES_MISSING(
            440,
            Level.ERROR,
            "%s table(s) that required-tables names are not in the database: %s.",
            "Bring them back, or find out which script should have made them; or correct required-tables: names as in SQL,"
                    + " quoted where upper and lower case count, with their schema where that is another."),

    SCRIPT_BEGINS(500, Level.DEBUG, "Applying %s", ""),
    SCRIPT_FAILED(501, Level.ERROR, "The script %s failed: %s", "%3$sCorrect the script, then deploy again."),
    SCRIPT_NOT_RECORDED(
            502,
            Level.ERROR,
            "The statements of %s ran, but the script could not be completed and recorded: %s",
            "%3$sRemove the reason, then deploy again."),
    SCRIPT_ENDED(
            544,
            Level.ERROR,
            "The script %s ended before its statement %s: %s",
            "%4$sRemove the reason, then deploy again."),
    UNDO_ENDED(
            545,
            Level.ERROR,
            "Undoing %s ended before statement %s of its undo part: %s",
            "%4$sRemove the reason, then undo again."),
    RUN_FAILED(
            503,
            Level.ERROR,
            "%s failed: %s",
            "Correct it and deploy again; a hook behind scripts that stay applied runs again with the next script."),
    ON_ABORT_FAILED(504, Level.WARNING, "onabort.sql failed too: %s", ""),
    STATEMENT_DONE(505, Level.DEBUG, "%s:%s %s ms: %s", ""),
    HOOK_PRINTED(506, Level.DEBUG, "Hook: %s", ""),
    RUN_BEGINS(507, Level.INFO, "%s: applying %s script(s) to %s, up to %s", ""),
    STATEMENTS_LEFT(
            508,
            Level.ERROR,
            "Its first %s statement(s) are in the database, committed before the failure; the next deployment goes on with"
                    + " statement %s, if those before it are unchanged. ",
            ""),
    ALL_STATEMENTS_LEFT(
            538,
            Level.ERROR,
            "All its statements are in the database; the next deployment only records it, if they are unchanged. ",
            ""),
    SESSION_LEFT(
            539,
            Level.ERROR,
            "Its first %s statement(s) are in the database, but not what was set in the session, which the rest may need: look"
                    + " what is there, then settle it (resolve=<id>:applied, pending or resume). ",
            ""),
    SOMETHING_LEFT(
            510,
            Level.ERROR,
            "Its statements from statement %s on may have left something behind, as they cannot be taken back whole: look what"
                    + " of them is there, then settle it (resolve=<id>:applied, pending or resume). ",
            ""),
    NOTHING_LEFT(509, Level.ERROR, "Nothing of the script is left in the database. ", ""),
    SCRIPT_TIMED_OUT(
            511,
            Level.ERROR,
            "The run took longer than timeout (%s), and was ended in the script %s at statement %s of %s: %s",
            "%6$sFind out what the statement waited for, or raise timeout; then deploy again."),
    RUN_TIMED_OUT(
            512,
            Level.ERROR,
            "The run took longer than timeout (%s), and was ended at %s.",
            "Find out what it waited for, or raise timeout; then deploy again."),
    TRIED_AGAIN(
            513,
            Level.WARNING,
            "%s: trying again in %s (%s of %s), as this is transient and left nothing behind: %s",
            ""),
    ALL_TAKEN_BACK(
            514,
            Level.ERROR,
            "Nothing of this deployment's scripts is left in the database (transaction=deployment). ",
            ""),
    LEFT_UNKNOWN(
            515,
            Level.ERROR,
            "The connection was lost with it: how much of the script is in the database, the next deployment finds out by the"
                    + " history. ",
            ""),
    LISTENER_FAILED(530, Level.WARNING, "The listener %s failed when it heard of the outcome: %s", ""),
    PROGRESS(519, Level.INFO, "%s: %s", ""),
    SCRIPT_WITHOUT_RIGHT(
            516,
            Level.ERROR,
            "The script %s needs a right that the DataSource's user does not have: %s",
            "%3$sGive him the right, or name another DataSource in data-source; then deploy again."),
    SCRIPT_READ_ONLY(
            517,
            Level.ERROR,
            "The script %s met a database that is read-only: %s",
            "%3$sPoint the DataSource at a database that takes changes (the primary, not a replica), then deploy again."),
    SCRIPT_WITHOUT_ROOM(
            518,
            Level.ERROR,
            "The database had no room left for the script %s: %s",
            "%3$sMake room on its disk, tablespace or quota, then deploy again."),
    BACKUP_FAILED(
            550,
            Level.ERROR,
            "The backup before the scripts failed: %s",
            "Remove the reason (the program's messages are in the log), then deploy again. No script was run."),
    BACKUP_NOT_AUTO(
            551,
            Level.ERROR,
            "backup is auto, and of %s nobody but its own program can make a backup.",
            "Set backup to that program's command line with {file} in it, or to off. No script was run."),
    BACKUP_DIRECTORY_UNUSABLE(
            552,
            Level.ERROR,
            "The backup-directory %s is no directory that this server may write to.",
            "Make it, and give it to the server's user. No script was run."),
    BACKUP_MADE(553, Level.INFO, "%s: the database is backed up to %s (%s bytes, in %s)", ""),
    BACKUP_SAYS(554, Level.INFO, "%s: backup: %s", ""),
    BACKUP_REMOVED(555, Level.INFO, "The backup %s is older than backup-retention, and was removed", ""),
    BACKUP_NOT_REMOVED(556, Level.WARNING, "Old backups could not be removed: %s", ""),
    SCHEMA_UNREADABLE(
            570,
            Level.WARNING,
            "The schema could not be read, so that nobody can tell whether it was changed by hand (drift=warn): %s",
            "Remove the reason, or set drift=ignore. The run itself goes on without it."),
    SCHEMA_RECORDED(571, Level.DEBUG, "%s: the schema is recorded: %s tables and views, read in %s", ""),
    SCHEMA_UNRECORDED(
            572,
            Level.WARNING,
            "The schema could not be recorded in the history, so that the next start cannot tell whether it was changed by hand"
                    + " (drift=warn): %s",
            "Remove the reason, or set drift=ignore. What the run applied stays applied."),
    LOCK_WAITING(520, Level.INFO, "%s: waiting for %s, which works on %s%s", ""),
    LOCK_TIMEOUT(
            521,
            Level.ERROR,
            "Another run kept the changelog %s for longer than lock-timeout (%s): %s%s.",
            "Let it end, then deploy again; if it hangs, end that session in the database, which frees the lock. Raise"
                    + " lock-timeout if the scripts need longer."),
    LOCK_LOST(
            522,
            Level.ERROR,
            "The lock on the changelog %s was lost: %s. Nothing more was committed.",
            "Find out who ended the session (the DBA, a time limit of the server or the network), then deploy again."),
    LOCK_NEEDS_CONNECTION(
            523,
            Level.ERROR,
            "The lock on the changelog %s is kept by a second connection, and %s.",
            "Let the pool have two connections%3$s."),
    LOCK_ADVISORY_UNAVAILABLE(
            524, Level.ERROR, "lock is advisory, and %s has no advisory locks.", "Set lock to auto or row."),
    LOCK_TABLE_UNUSABLE(
            525,
            Level.ERROR,
            "The table %s that the lock needs cannot be made or written: %s",
            "Give the DataSource's user the right to, or create it for him: %3$s"),
    LOCK_SESSIONS_HIDDEN(
            526,
            Level.ERROR,
            "The DataSource's user sees no sessions but his own, so a lock that a dead process left cannot be told from"
                    + " one that is held.",
            "Give the user the role DBA."),
    LOCK_OF_ONE_NODE(
            527,
            Level.WARNING,
            "This is a node of a Galera cluster, where an advisory lock keeps off only those who use the same node.",
            "Point all nodes at one of the cluster's, for the deployment at least."),
    LOCK_TAKEN(528, Level.DEBUG, "The lock on the changelog %s is ours: %s", ""),
    LOCK_RELEASED(529, Level.DEBUG, "The lock on the changelog %s is released", ""),
    LOCK_OF_CLUSTER(
            543,
            Level.ERROR,
            "The database is a Galera cluster of %s nodes, and each of them keeps its locks to itself: application servers"
                    + " at two of them would both migrate.",
            "Let all of them migrate by way of one node (a DataSource of their own, for example"
                    + " jdbc:mariadb:sequential://node1,node2/shop), or let one job migrate and the others run with"
                    + " mode=validate; then set lock=advisory where it migrates. No script was run."),
    LOCK_BEHIND_POOLER(
            540,
            Level.INFO,
            "Between this server and the database is a pooler (PgBouncer or its like): the lock on the changelog %s is of a"
                    + " transaction on a second connection.",
            ""),
    LOCK_ADVISORY_POOLED(
            541,
            Level.ERROR,
            "lock is advisory, and a pooler between this server and the database (PgBouncer with pool_mode=transaction or"
                    + " its like) gives each transaction another session: the lock would stay behind in one of them.",
            "Set lock to auto, or let data-source name a DataSource that connects to the database itself, or to a pool"
                    + " with pool_mode=session."),

    UNDO_FAILED(537, Level.ERROR, "Undoing %s failed: %s", "%3$sCorrect its undo part, then undo again."),
    UNDO_BEGINS(531, Level.INFO, "Undoing %s", ""),
    UNDO_LEFT_NOTHING(532, Level.ERROR, "The revision is as applied as it was. ", ""),
    UNDO_LEFT_STATEMENTS(
            533,
            Level.ERROR,
            "The first %s statement(s) of its undo part are done, and were committed before the failure: the revision is half"
                    + " undone, which has to be settled (MIGR-428). ",
            ""),
    UNDO_LEFT_SOMETHING(
            534, Level.ERROR, "The revision may be half undone: look what is there, then settle it (MIGR-429). ", ""),
    UNDO_RUN_BEGINS(535, Level.INFO, "%s: undoing %s revision(s) on %s, down to %s", ""),
    CHANGELOG_MOVED(
            536, Level.ERROR, "The changelog is not what it was when the undo began: another program works on it", ""),

    NOTHING_CONFIGURED(
            601,
            Level.INFO,
            "No migrations are configured, and there is no folder migrations/scripts (nor an entry for it in a library):"
                    + " nothing to do.",
            ""),
    UP_TO_DATE(602, Level.INFO, "%s: up to date at revision %s (%s; %s revisions, %s ms)", ""),
    MIGRATED(603, Level.INFO, "%s: applied %6$s script(s) in %5$s ms; now at revision %2$s (%3$s)", ""),
    SWITCHED_OFF(604, Level.INFO, "%s: migrations are off (mode=off).", ""),
    FAILURE_ONLY_WARNS(
            605,
            Level.WARNING,
            "%s: on-failure is warn outside development: if the migrations fail, the application starts all the same.",
            ""),
    DEPLOYMENT_BLOCKED(606, Level.ERROR, "%s: the deployment is blocked.", ""),
    DEPLOYMENT_GOES_ON(
            607,
            Level.WARNING,
            "%s: the migrations failed, and the application starts on a schema that it does not expect (on-failure=warn).",
            ""),
    OBSERVER_FAILED(610, Level.WARNING, "%s: an observer of the outcome of the migrations failed: %s", ""),
    NOT_RUN(
            608,
            Level.ERROR,
            "The database was not migrated, because the block %s failed.",
            "Mend what failed first, then deploy again."),
    SERVER_GIVES_UP(
            609,
            Level.WARNING,
            "The migrations have been running for %s, and this server gives up a deployment after %s"
                    + " (jboss.as.management.blocking.timeout). They go on even so, and are not broken off.",
            "If the server gives up, let them end, then deploy again; for the next long script raise"
                    + " jboss.as.management.blocking.timeout, or apply it before the deployment."),
    BEANS_XML_DROPPED(
            630,
            Level.WARNING,
            "TomEE does not understand %s with settings of migrations in it. They are followed, but to its CDI the"
                    + " application has no beans.xml at all.",
            "Move the settings to META-INF/mybatis-migrations.properties, with the same keys."),
    UNDONE(611, Level.INFO, "%s: undid %s revision(s), the newest first: %s", ""),

    PLANNED(615, Level.INFO, "%s: %s script(s) would be applied; nothing was (mode=plan).", ""),
    PLAN_UNKNOWN(
            616,
            Level.INFO,
            "%s: another run is at work on the database, and nobody can tell what is left to do behind it.",
            ""),

    STATUS_AT(701, Level.INFO, "The status of the migrations is at %s", ""),
    STATUS_PATH_TAKEN(
            702,
            Level.WARNING,
            "The status of the migrations is not shown: the application answers at %s itself.",
            "Choose another status-path."),
    ANSWERS_NOTHING(
            703,
            Level.ERROR,
            "This server goes on although the migrations failed: every request is answered by 503. Timers and message"
                    + " listeners of the application may run.",
            ""),
    STATUS_PATH_UNKNOWN(704, Level.INFO, "There is nothing at this path.", "The status of the migrations is at %s."),
    STATUS_BLOCK_UNKNOWN(705, Level.INFO, "There is no block named \"%s\".", "The status of all blocks is at %2$s."),
    STATUS_METHOD_REFUSED(706, Level.INFO, "The method %s is not answered here.", "Use GET or HEAD."),
    STATUS_FORMAT_UNKNOWN(707, Level.INFO, "The parameter format is not one of %s.", "Correct it, or leave it out."),
    STATUS_ROLE_NEEDED(
            708,
            Level.INFO,
            "The status of the migrations is shown to users with the role \"%s\".",
            "Log in as a user who has it. The key status-role names another role; status-access=open lets anyone read."),
    STATUS_LOGIN_MISSING(
            709,
            Level.INFO,
            "The status of the migrations is shown to users with the role \"%s\", and this application has no login.",
            "Give the application a login (login-config in web.xml) and a user the role, or set the key status-access to"
                    + " open, which lets anyone read. The key status-role names another role."),
    STATUS_UNSHOWN(710, Level.ERROR, "The status could not be shown: %s", "The exception is in the log at DEBUG."),
    STATUS_NOTHING_RAN(
            711, Level.ERROR, "The migrations of this deployment did not run.", "The server's log tells why."),
    ACTION_BEGINS(720, Level.INFO, "%s: %s, asked for by %s", ""),
    ACTION_BUSY(721, Level.INFO, "The database of %s is being worked on.", "Try again when that has ended."),
    ACTION_NOT_READY(
            722,
            Level.INFO,
            "Nothing can be done with the database of %s: the run of this deployment did not get as far as finding it.",
            "Mend what that failed of, then deploy again."),
    ACTION_METHOD_REFUSED(723, Level.INFO, "The method %s is not answered here.", "Use POST."),
    ACTION_PARAMETER(724, Level.INFO, "The parameter %s is not %s.", "Correct it."),
    ACTION_BLOCK_MISSING(
            725, Level.INFO, "There are several databases, and the path names none.", "Name one, for example %s."),
    ACTION_BODY_REFUSED(726, Level.INFO, "The body of the request is no form.", "Send %s, or parameters alone."),
    ACTION_BODY_TOO_LONG(727, Level.INFO, "The body of the request is longer than %s bytes.", "Send parameters alone."),
    ACTION_FROM_ELSEWHERE(
            728,
            Level.INFO,
            "The request does not come from the status page.",
            "A program sends the header X-Requested-With; a browser uses the page."),
    ACTION_FROM_FAR(
            729,
            Level.INFO,
            "In development, only a caller on this machine may act, by the name localhost and without a proxy.",
            "Call from this machine, or set the key environment to another one, where action-role says who may."),
    ACTION_ROLE_NEEDED(
            730,
            Level.INFO,
            "Actions are for users with the role \"%s\".",
            "Log in as a user who has it. The key action-role names another role."),
    ACTION_LOGIN_MISSING(
            731,
            Level.INFO,
            "Actions are for users with the role \"%s\", and this application has no login.",
            "Give the application a login (login-config in web.xml) and a user the role. The key action-role names another"
                    + " role."),
    ACTION_SWITCHED_OFF(
            733,
            Level.INFO,
            "Nothing can be done with the database of %s: its migrations are off (mode=off).",
            "Set another mode, then deploy again."),
    JSON_BINDING_MISSING(
            732,
            Level.WARNING,
            "This server has no Jakarta JSON Binding, by which the documents of the migrations are written: the page, the"
                    + " health and the metrics are answered, and a request for JSON is refused.",
            "Add org.eclipse:yasson, with what it depends on, to WEB-INF/lib of the application."),
    PLAN_FORMAT_UNKNOWN(
            740, Level.INFO, "The parameter format is neither json nor sql.", "Correct it, or leave it out."),
    APPLICATION_CLOSED(
            712,
            Level.ERROR,
            "This application is not available: the migrations of its database failed.",
            "%s tells why."),
    STATUS_PARAMETER_INVALID(
            741,
            Level.INFO,
            "The parameter %s cannot be understood.",
            "Correct it, or leave it out: state is one state of a revision, q a text of up to 200 characters, rows is all,"
                    + " before and revision are ids, refresh is off."),
    STATUS_REVISION_UNKNOWN(
            742, Level.INFO, "The block %s has no revision %s.", "The revisions that it has are at %3$s."),

    LOOK_UNANSWERED(
            650,
            Level.WARNING,
            "The database does not answer within %s, so nobody can tell what it has now.",
            "Look for what holds it up: a lock on the changelog, the network, or a pool whose connections are all in use."
                    + " The status has its answer as soon as there is one."),
    HEALTH_STUCK(
            761,
            Level.WARNING,
            "A run has been at work for %s, and should not take longer than %s: %s.",
            "Look at its progress in the status and at the locks of the database. If its process is dead, end its session;"
                    + " if it is only slow, raise timeout or lock-timeout."),
    HEALTH_FAILED(
            762,
            Level.ERROR,
            "The last attempt to apply these revisions failed: %s.",
            "The status tells the statement and what the database said. Correct the scripts, then deploy again."),
    HEALTH_INTERRUPTED(
            763,
            Level.WARNING,
            "An attempt to apply these revisions ended without a word: %s.",
            "Deploy again: the run goes on where that can be proved, else says what to settle with the key resolve."),
    HEALTH_PENDING(
            764,
            Level.WARNING,
            "Revisions of this release are not applied: %s.",
            "Deploy with mode=migrate and without a target below them, or apply them with migrate up."),
    HEALTH_CHANGED(
            765,
            Level.WARNING,
            "These revisions were applied, and their scripts have changed since: %s.",
            "Take the change back and put it into a new script, or let the new text count by the key resolve, as accept."),
    HEALTH_UNREADABLE(
            766,
            Level.WARNING,
            "The database does not answer within %s.",
            "Ask for the status, which waits longer and tells why."),
    HEALTH_CLOSED(
            768,
            Level.WARNING,
            "The migrations failed when the application was deployed. They are mended since, but the application answers no"
                    + " request yet.",
            "Deploy it again."),
    SERVER_HEALTH_ABSENT(
            767,
            Level.DEBUG,
            "This server has no MicroProfile Health: the health of the migrations is told at the status path alone.",
            ""),

    CLI_WRONG_USE(800, Level.ERROR, "%s", "--help tells what can be said."),
    CLI_PLACE_UNREADABLE(
            801,
            Level.ERROR,
            "%s cannot be read: %s",
            "Name a folder, a WAR or a jar that is there; if its name, or one inside of it, has letters that the locale lacks,"
                    + " set LC_ALL=C.UTF-8."),
    CLI_URL_MISSING(
            802,
            Level.ERROR,
            "The command %s looks at a database, and none is named.",
            "Add --url, --user and --password-env; or ask the application that is deployed."),
    CLI_DRIVER_MISSING(
            803,
            Level.ERROR,
            "No driver on the class path takes the URL: %s",
            "Name the driver's jar with --driver, and check the URL."),
    CLI_PASSWORD_UNSET(
            804,
            Level.ERROR,
            "The environment variable %s, which is to have the password, is not set.",
            "Set it, or correct --password-env."),
    CLI_BLOCK_MISSING(805, Level.ERROR, "One database has to be named; there are: %s.", "Name it with --block."),
    CLI_BLOCK_OFF(
            806,
            Level.WARNING,
            "mode is off for %s: nothing of it is looked at.",
            "Set another mode for this command, for example by the environment variable MYBATIS_MIGRATIONS_MODE=plan."),
    CLI_OUTPUT_LOST(
            807,
            Level.ERROR,
            "What was printed did not arrive whole: the disk is full, or the program that read it has ended.",
            "Do not use what arrived.");

    /** What only the files of the WAR show, and is wrong with the settings all the same. */
    private static final Set<Message> OF_CONFIGURATION = EnumSet.of(
            SCRIPTS_MISSING,
            ENVIRONMENT_UNKNOWN,
            CHARSET_UNKNOWN,
            CHANGELOG_NAME_INVALID,
            HOOK_MALFORMED,
            HOOK_MISSING,
            HOOK_ENGINE_MISSING,
            TARGET_UNKNOWN);

    private final int number;
    private final Level level;
    private final String what;
    private final String action;

    Message(int number, Level level, String what, String action) {
        this.number = number;
        this.level = level;
        this.what = what;
        this.action = action;
    }

    /** The stable id. */
    public String code() {
        return String.format(Locale.ROOT, "MIGR-%03d", number);
    }

    /** Whether the message of this id is about the configuration, which always blocks. */
    public static boolean isOfConfiguration(String code) {
        return OF_CONFIGURATION.stream().anyMatch(message -> message.code().equals(code));
    }

    /** The level at which the message is logged; of what is told by a failure, how bad that is. */
    public Level level() {
        return level;
    }

    /** What happened, as a format string. */
    public String what() {
        return what;
    }

    /** What to do, as a format string; empty where there is nothing to do. */
    public String action() {
        return action;
    }

    /** The message with its arguments put in. */
    public Explanation with(Object... arguments) {
        Object[] texts = new Object[arguments.length];
        for (int index = 0; index < texts.length; index++) {
            texts[index] = text(arguments[index]);
        }
        return new Explanation(
                code(), String.format(Locale.ROOT, what, texts), String.format(Locale.ROOT, action, texts));
    }

    private static Object text(Object argument) {
        return argument instanceof Duration duration ? Lapse.text(duration) : argument;
    }
}

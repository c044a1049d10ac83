package io.github.deploymigrations.scripts;

import java.io.File;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.FileMigrationLoader;

/** MyBatis' own understanding of file names, which its loader keeps for its subclasses. */
final class ScriptName extends FileMigrationLoader {
    private static final ScriptName NAMES = new ScriptName();
    private static final Pattern SCRIPT = Pattern.compile("[0-9]{1,20}_.+\\.sql", Pattern.DOTALL);

    /** Such as macOS puts beside real ones; but MyBatis takes {@code .5_a.sql} for a script with the id 0.5. */
    private static final Pattern HIDDEN = Pattern.compile("\\.(?![0-9]).*", Pattern.DOTALL);

    private static final Pattern FLYWAY = Pattern.compile("(?:[VUB][0-9][0-9._]*|R)__.*\\.sql", Pattern.DOTALL);

    private ScriptName() {
        super(new File(""), "UTF-8", new Properties());
    }

    /** What the name of a file in the folder of scripts says. */
    enum Kind {
        /** A migration script. */
        SCRIPT,
        /** {@code bootstrap.sql} or {@code onabort.sql}. */
        SPECIAL,
        /** Neither, but somebody probably meant it as one. */
        MISNAMED,
        /** A file that has nothing to do with migrations. */
        OTHER
    }

    /** Whether a file is {@code bootstrap.sql} or {@code onabort.sql}. */
    static boolean isSpecial(String file) {
        return NAMES.isSpecialFile(file);
    }

    static Kind kind(String file) {
        if (isSpecial(file)) {
            return Kind.SPECIAL;
        }
        if (!file.toLowerCase(Locale.ROOT).endsWith(".sql")
                || HIDDEN.matcher(file).matches()) {
            return Kind.OTHER;
        }
        return SCRIPT.matcher(file).matches() ? Kind.SCRIPT : Kind.MISNAMED;
    }

    static Change change(String file) {
        return NAMES.parseChangeFromFilename(file);
    }

    /** Why a misnamed file is no script. */
    static Optional<String> hint(String file) {
        if (!file.endsWith(".sql")) {
            return Optional.of(" (MyBatis reads only names that end in .sql)");
        }
        return FLYWAY.matcher(file).matches()
                ? Optional.of(" (this is one of Flyway's: docs/coming-from/flyway.md)")
                : Optional.empty();
    }
}

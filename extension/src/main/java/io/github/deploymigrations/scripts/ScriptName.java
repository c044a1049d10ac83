package io.github.deploymigrations.scripts;

import io.github.deploymigrations.RevisionId;
import java.io.File;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.FileMigrationLoader;

/** MyBatis' own understanding of file names, which its loader keeps for its subclasses. */
final class ScriptName extends FileMigrationLoader {
    private static final ScriptName NAMES = new ScriptName();
    private static final String SUFFIX = ".sql";
    private static final int LONGEST_ID = 20;

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
        if (isScript(file)) {
            return Kind.SCRIPT;
        }
        if (isSpecial(file)) {
            return Kind.SPECIAL;
        }
        boolean other = !file.toLowerCase(Locale.ROOT).endsWith(SUFFIX)
                || HIDDEN.matcher(file).matches();
        return other ? Kind.OTHER : Kind.MISNAMED;
    }

    /** A number of up to 20 digits, an underscore, a description and the suffix. */
    static boolean isScript(String file) {
        int digits = 0;
        while (digits < file.length() && file.charAt(digits) >= '0' && file.charAt(digits) <= '9') {
            digits++;
        }
        return digits > 0
                && digits <= LONGEST_ID
                && file.startsWith("_", digits)
                && file.endsWith(SUFFIX)
                && file.length() > digits + 1 + SUFFIX.length();
    }

    /** The id of a script by its file's name. */
    static RevisionId id(String file) {
        return new RevisionId(new BigInteger(file.substring(0, file.indexOf('_'))));
    }

    static Change change(String file) {
        return NAMES.parseChangeFromFilename(file);
    }

    /** Why a misnamed file is no script. */
    static Optional<String> hint(String file) {
        if (!file.endsWith(SUFFIX)) {
            return Optional.of(" (MyBatis reads only names that end in .sql)");
        }
        return FLYWAY.matcher(file).matches()
                ? Optional.of(" (this is one of Flyway's: docs/coming-from/flyway.md)")
                : Optional.empty();
    }
}

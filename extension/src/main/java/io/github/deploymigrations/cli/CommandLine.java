package io.github.deploymigrations.cli;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.Revision;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.messages.ProblemsFound;
import io.github.deploymigrations.messages.TextTable;
import io.github.deploymigrations.run.Migration;
import io.github.deploymigrations.scripts.RepositoryReader;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptRepository;
import io.github.deploymigrations.settings.ChangelogPlaces;
import io.github.deploymigrations.settings.DatabaseSettings;
import io.github.deploymigrations.settings.MigrationSettings;
import io.github.deploymigrations.settings.Mode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Follows one command. */
final class CommandLine {
    static final int FINE = 0;
    static final int FOUND = 1;
    static final int WRONG_USE = 2;

    private static final String HELP = """
            java -jar mybatis-migrations-cdi-<version>-all.jar <command> <place> [options]

            Commands
              validate   checks settings and scripts; with --url also that the database has all of them
              plan       prints what a deployment would do, as SQL (needs --url)
              status     prints the revisions and their states (needs --url)

            Place
              a WAR, packed or not; a jar or folder of classes; or a MyBatis repository (a folder with scripts/)

            Options
              --environment <name>    in place of the one that the settings say
              --block <name>          the database, where the WAR has several
              --require-undo          a script without an undo part is an error
              --url <JDBC URL>        the database
              --user <name>
              --password-env <name>   the environment variable that has the password
              --driver <jar>          the driver, if it is not on the class path
              --help

            Exit status: 0 fine (warnings may be printed), 1 something is wrong, 2 wrong use
            """;

    private final PrintStream output;
    private final PrintStream complaints;
    private final Map<String, String> variables;

    CommandLine(PrintStream output, PrintStream complaints, Map<String, String> variables) {
        this.output = output;
        this.complaints = complaints;
        this.variables = variables;
    }

    /** Returns the exit status. */
    int run(String... words) {
        int status = follow(words);
        if (output.checkError()) {
            Explanation lost = Message.CLI_OUTPUT_LOST.with();
            complaints.println(lost.sentences());
            return FOUND;
        }
        return status;
    }

    private int follow(String... words) {
        if (Arrays.asList(words).contains("--help")) {
            output.print(HELP);
            return FINE;
        }
        try {
            return run(Arguments.of(List.of(words)));
        } catch (WrongUse e) {
            complaints.println(e.getMessage());
            return WRONG_USE;
        }
    }

    private int run(Arguments arguments) throws WrongUse {
        // the text of a plan is handed to a database's client, which knows no findings
        Findings findings = new Findings(arguments.command() == Arguments.Command.PLAN ? complaints : output);
        try (Place place = Place.of(arguments.place())) {
            follow(arguments, place, findings);
        } catch (IOException e) {
            throw new WrongUse(Message.CLI_PLACE_UNREADABLE.with(arguments.place(), e));
        } catch (ProblemsFound e) {
            e.problems().forEach(findings::error);
        }
        complaints.println(findings.summary());
        return findings.hasErrors() ? FOUND : FINE;
    }

    private void follow(Arguments arguments, Place place, Findings findings) throws IOException, WrongUse {
        List<DatabaseSettings> chosen =
                chosen(place.databases(arguments.option("--environment"), variables), arguments.option("--block"));
        if (arguments.command() == Arguments.Command.VALIDATE) {
            ChangelogPlaces changelogs = new ChangelogPlaces();
            for (DatabaseSettings database : chosen) {
                if (database.mode() == Mode.OFF) {
                    findings.warning(new Problem(database.name(), Message.CLI_BLOCK_OFF.with(database.name())));
                } else {
                    check(database, changelogs, place, arguments, findings);
                }
            }
            if (arguments.option("--url").isEmpty() || findings.hasErrors()) {
                return;
            }
        }
        try (UrlDataSource database = UrlDataSource.of(arguments, variables)) {
            MigrationSettings settings = only(chosen);
            Migration migration = Migration.prepare(settings, place.classPath(), "command line", List.of());
            MigrationReport report = switch (arguments.command()) {
                case VALIDATE -> migration.run(database, Mode.VALIDATE, settings.connectTimeout());
                case PLAN -> migration.plan(database, settings.connectTimeout());
                case STATUS -> migration.status(database, settings.connectTimeout());
            };
            tell(report, findings);
        }
    }

    private static void check(
            DatabaseSettings database, ChangelogPlaces changelogs, Place place, Arguments arguments, Findings findings)
            throws IOException {
        try {
            ScriptRepository repository = RepositoryReader.read(database.migration(), place.classPath());
            try {
                changelogs.add(database, repository.changelog()).ifPresent(findings::error);
                check(repository, arguments, findings);
            } finally {
                repository.release();
            }
        } catch (ProblemsFound e) {
            e.problems().forEach(findings::error);
        }
    }

    private static void check(ScriptRepository repository, Arguments arguments, Findings findings) throws IOException {
        ScriptChecks checks = new ScriptChecks(repository, findings, arguments.requireUndo());
        // looked through together, which takes less time
        ScriptRepository.problems(repository.scripts());
        for (Script script : repository.scripts()) {
            List<Problem> problems = ScriptRepository.problems(List.of(script));
            if (problems.isEmpty()) {
                checks.check(script);
            } else {
                problems.forEach(findings::error);
            }
        }
    }

    private static List<DatabaseSettings> chosen(List<DatabaseSettings> all, Optional<String> block) throws WrongUse {
        if (block.isEmpty()) {
            return all;
        }
        for (DatabaseSettings database : all) {
            if (database.name().equals(block.get())) {
                only(List.of(database));
                return List.of(database);
            }
        }
        throw new WrongUse(Message.CLI_BLOCK_MISSING.with(names(all)));
    }

    /** The one that is to be looked at. */
    private static MigrationSettings only(List<DatabaseSettings> chosen) throws WrongUse {
        List<DatabaseSettings> on =
                chosen.stream().filter(database -> database.mode() != Mode.OFF).toList();
        if (on.size() != 1) {
            throw new WrongUse(
                    on.isEmpty()
                            ? Message.CLI_BLOCK_OFF.with(names(chosen))
                            : Message.CLI_BLOCK_MISSING.with(names(on)));
        }
        return on.get(0).migration();
    }

    private static String names(List<DatabaseSettings> databases) {
        return databases.stream().map(DatabaseSettings::name).collect(Collectors.joining(", "));
    }

    private void tell(MigrationReport report, Findings findings) {
        report.warnings().forEach(warning -> findings.warning(new Problem(report.name(), warning)));
        if (report.failure().isPresent()) {
            MigrationFailure failure = report.failure().get();
            List<Problem> problems = failure.problems().isEmpty()
                    ? List.of(new Problem(report.name(), failure.explanation()))
                    : failure.problems();
            problems.forEach(findings::error);
        } else if (report.plan().isPresent()) {
            // what the platform's character set lacks would be a question mark in somebody's data
            output.writeBytes(report.plan().get().sql().getBytes(StandardCharsets.UTF_8));
        } else if (report.mode().equals("plan")) {
            findings.error(new Problem(report.name(), Message.PLAN_UNKNOWN.with(report.name())));
        } else if (report.mode().equals("status")) {
            TextTable table = new TextTable("Id", "Description", "State");
            for (Revision revision : report.revisions()) {
                table.row(revision.id(), revision.description(), revision.state());
            }
            table.lines().forEach(output::println);
            output.println(report.status());
        }
    }
}

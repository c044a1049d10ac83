package io.github.deploymigrations.cli;

import io.github.deploymigrations.messages.Message;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the words of the command line say. Immutable.
 *
 * @param command to follow
 * @param place folder, WAR or jar
 * @param options with a value, by name
 * @param requireUndo whether a script without an undo part is an error
 */
record Arguments(Command command, Path place, Map<String, String> options, boolean requireUndo) {
    private static final Set<String> WITH_VALUE =
            Set.of("--environment", "--block", "--url", "--user", "--password-env", "--driver");

    /** What is to be done. */
    enum Command {
        VALIDATE,
        PLAN,
        STATUS
    }

    Arguments {
        options = Map.copyOf(options);
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    static Arguments of(List<String> words) throws WrongUse {
        Deque<String> rest = new ArrayDeque<>(words);
        Command command = command(rest.isEmpty() ? "" : rest.remove());
        Optional<String> place = Optional.empty();
        Map<String, String> options = new HashMap<>();
        boolean requireUndo = false;
        while (!rest.isEmpty()) {
            String word = rest.remove();
            int equals = word.indexOf('=');
            String name = word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
            if (WITH_VALUE.contains(name)) {
                if (equals < 0 && rest.isEmpty()) {
                    throw wrong(name + " has no value.");
                }
                options.put(name, equals > 0 ? word.substring(equals + 1) : rest.remove());
            } else if (word.equals("--require-undo")) {
                requireUndo = true;
            } else if (name.equals("--password")) {
                throw wrong(
                        "A password does not belong on a command line: --password-env names a variable that has it.");
            } else if (word.startsWith("-") || place.isPresent()) {
                throw wrong("\"" + word + "\" is not understood.");
            } else {
                place = Optional.of(word);
            }
        }
        Path found = path(place.orElseThrow(() -> wrong("No folder, WAR or jar is named.")));
        return new Arguments(command, found, options, requireUndo);
    }

    /** What a word names in the file system. */
    static Path path(String word) throws WrongUse {
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            throw new WrongUse(Message.CLI_PLACE_UNREADABLE.with(word, e.getReason()));
        }
    }

    private static Command command(String word) throws WrongUse {
        return switch (word) {
            case "validate" -> Command.VALIDATE;
            case "plan" -> Command.PLAN;
            case "status" -> Command.STATUS;
            default -> throw wrong("The first word is validate, plan or status.");
        };
    }

    private static WrongUse wrong(String what) {
        return new WrongUse(Message.CLI_WRONG_USE.with(what));
    }
}

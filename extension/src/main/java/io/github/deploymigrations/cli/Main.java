package io.github.deploymigrations.cli;

/** What {@code java -jar mybatis-migrations-cdi-…-all.jar} starts. */
public final class Main {
    private Main() {}

    /**
     * Follows the command and ends the process with its exit status.
     *
     * @param arguments as {@code --help} tells
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(System.out, System.err, System.getenv()).run(arguments));
    }
}

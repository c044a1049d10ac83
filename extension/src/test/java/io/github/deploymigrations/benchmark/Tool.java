package io.github.deploymigrations.benchmark;

import java.util.List;

/** What is put side by side. A JVM that measures one of them loads no class of another. */
enum Tool {
    /** The same statements and one commit a script, with no lock, checksum or record: as fast as it gets. */
    JDBC("Plain JDBC"),
    /** What nobody can do without who knows after a crash what is done. */
    JDBC_RECORDING("Plain JDBC, and what is done recorded"),
    OURS("This"),
    MYBATIS("MyBatis"),
    /** What nobody can do without who sees that a script was edited. */
    MYBATIS_HASHING("MyBatis, and each script hashed"),
    FLYWAY("Flyway"),
    LIQUIBASE("Liquibase");

    private final String label;

    Tool(String label) {
        this.label = label;
    }

    Candidate candidate() {
        return switch (this) {
            case JDBC -> new PlainJdbc();
            case JDBC_RECORDING -> new RecordingJdbc();
            case OURS -> new Ours();
            case MYBATIS -> new MyBatis();
            case MYBATIS_HASHING -> new HashingMyBatis();
            case FLYWAY -> new Flyway();
            case LIQUIBASE -> new Liquibase();
        };
    }

    /** What the names of the jars begin with that it needs, its own first; the driver's is left out. */
    List<String> jars() {
        return switch (this) {
            case JDBC, JDBC_RECORDING -> List.of();
            case OURS, MYBATIS, MYBATIS_HASHING -> List.of("mybatis-migrations-");
            case FLYWAY -> List.of("flyway-");
            case LIQUIBASE ->
                List.of(
                        "liquibase-core-",
                        "snakeyaml-",
                        "commons-collections4-",
                        "commons-text-",
                        "commons-lang3-",
                        "commons-io-",
                        "opencsv-",
                        "jaxb-api-");
        };
    }

    /** Its name and, of a peer, its version. */
    String title() {
        return isPeer() && this != OURS ? label + " " + TestClassPath.version(jars().get(0)) : label;
    }

    /** Whether it knows what is applied already. */
    boolean remembers() {
        return this != JDBC && this != JDBC_RECORDING;
    }

    /** Whether it is put beside the others at this work. */
    boolean takesPart(Comparison.Work work) {
        return switch (work) {
            case APPLY -> this != MYBATIS_HASHING;
            // four databases of the others take an hour
            case APPLY_WARM -> this != MYBATIS_HASHING && this != FLYWAY && this != LIQUIBASE;
            case NOTHING, AGAIN -> remembers();
        };
    }

    /** Whether somebody uses it. */
    boolean isPeer() {
        return remembers() && this != MYBATIS_HASHING;
    }
}

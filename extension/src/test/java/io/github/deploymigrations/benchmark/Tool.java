package io.github.deploymigrations.benchmark;

import java.util.List;

/** What is put side by side. A JVM that measures one of them loads no class of another. */
enum Tool {
    /** The same statements and one commit a script, with no lock, checksum or record: as fast as it gets. */
    JDBC("Plain JDBC"),
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
            case JDBC -> List.of();
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
        return this == JDBC || this == OURS || isLimit() ? label : label + " " + TestClassPath.version(jars().get(0));
    }

    /** Whether it knows what is applied already. */
    boolean remembers() {
        return this != JDBC;
    }

    /** Whether it is there for what a start with nothing to do costs at least, and for nothing else. */
    boolean isLimit() {
        return this == MYBATIS_HASHING;
    }

    /** Whether somebody uses it. */
    boolean isPeer() {
        return remembers() && !isLimit();
    }

    /** Whether it takes minutes where the others take seconds. */
    boolean isSlow() {
        return this == FLYWAY || this == LIQUIBASE;
    }
}

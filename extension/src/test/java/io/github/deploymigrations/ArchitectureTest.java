package io.github.deploymigrations;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Two floors, one staircase: the container's packages stand on the core's, and never the other way. */
class ArchitectureTest {
    private static final String ROOT = "io.github.deploymigrations";
    private static final String[] CORE = {
        ROOT,
        ROOT + ".messages",
        ROOT + ".settings",
        ROOT + ".scripts",
        ROOT + ".database",
        ROOT + ".schema",
        ROOT + ".changelog",
        ROOT + ".lock",
        ROOT + ".plan",
        ROOT + ".preflight",
        ROOT + ".run",
        ROOT + ".cli"
    };
    private static final String[] ADAPTERS = {ROOT + ".cdi", ROOT + ".servlet", ROOT + ".jpa"};

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void the_core_knows_only_the_JDK_and_mybatis_migrations() {
        classes()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(CORE)
                        .or(resideInAPackage("org.apache.ibatis.migration.."))
                        .or(resideInAnyPackage("java..", "javax.sql..", "javax.script..", "javax.xml.stream..")))
                .check(CLASSES);
    }

    @Test
    void the_plan_does_no_input_or_output_and_has_no_clock() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".plan")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "java.io..", "java.nio..")
                        .or(equivalentTo(java.time.Clock.class)))
                .check(CLASSES);
    }

    @Test
    void only_the_run_writes_by_mybatis_operations() {
        noClasses()
                .that(not(resideInAPackage(ROOT + ".run")))
                .should()
                .dependOnClassesThat()
                .haveNameMatching("org\\.apache\\.ibatis\\.migration\\.operations\\.(Up|Down|Pending|Version)Operation")
                .check(CLASSES);
    }

    @Test
    void adapters_do_not_know_each_other() {
        for (String adapter : ADAPTERS) {
            noClasses()
                    .that()
                    .resideInAPackage(adapter)
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(ADAPTERS).and(not(resideInAPackage(adapter))))
                    .check(CLASSES);
        }
    }

    /** The root package has the values at the bottom and {@link Migrations} at the top of the core. */
    @Test
    void arrows_go_one_way() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return type.isEquivalentTo(Migrations.class)
                                ? SliceIdentifier.of("Migrations")
                                : SliceIdentifier.of(type.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages, and the entrance of the core";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    /** It may be set while they wait: forward, and they are over at once; back, and never. */
    @Test
    void waits_and_limits_do_not_go_by_the_time_of_day() {
        noClasses()
                .should()
                .dependOnClassesThat(equivalentTo(java.util.Timer.class))
                .check(CLASSES);
        noClasses()
                .that()
                .haveNameMatching(".*\\.(Connector|TimeLimit|Turn|LockWait|LockConnections|DataSources|Asker)")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }
}

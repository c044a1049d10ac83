package io.github.deploymigrations.cdi;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.github.deploymigrations.MigrationStatus;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * How the run of a database ended: qualifies the {@link io.github.deploymigrations.MigrationReport} that is fired as a CDI
 * event for each database when the application has started.
 *
 * <pre>{@code
 * void tell(@Observes @Outcome(MigrationStatus.FAILED) MigrationReport report) { … }
 * }</pre>
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({FIELD, METHOD, PARAMETER, TYPE})
public @interface Outcome {
    /** The state of the database after the run. */
    MigrationStatus value();

    /** The qualifier as a value. */
    final class Literal extends AnnotationLiteral<Outcome> implements Outcome {
        private static final long serialVersionUID = 1L;

        private final MigrationStatus value;

        private Literal(MigrationStatus value) {
            this.value = value;
        }

        /** The qualifier of this outcome. */
        public static Literal of(MigrationStatus value) {
            return new Literal(value);
        }

        @Override
        public MigrationStatus value() {
            return value;
        }
    }
}

package io.github.deploymigrations.deployment;

/** When a server gives us the opportunity to run; declared in the order in which they come. */
public enum Moment {
    /** Hibernate builds a session factory, and may be about to validate its mapping against the schema. */
    PERSISTENCE_UNIT,
    /** CDI has validated the deployment; component names may or may not be bound. */
    AFTER_DEPLOYMENT_VALIDATION,
    /** The servlet container starts the WAR: component names are bound, and no request was answered yet. */
    SERVLET_CONTAINER
}

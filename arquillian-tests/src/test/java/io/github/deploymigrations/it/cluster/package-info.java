/** Several servers on one database: WildFly, each in a process and a folder of its own, and PostgreSQL. */
package io.github.deploymigrations.it.cluster;

/** JPA, for those servers that validate a mapping before they ask anybody else. */
package io.github.deploymigrations.jpa;

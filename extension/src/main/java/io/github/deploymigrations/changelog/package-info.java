/** What the database says it has: MyBatis' {@code CHANGELOG}. */
package io.github.deploymigrations.changelog;

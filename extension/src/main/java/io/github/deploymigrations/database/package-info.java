/** What differs from one database product to the next, one small description each. */
package io.github.deploymigrations.database;

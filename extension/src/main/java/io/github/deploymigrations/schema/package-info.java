/** What a schema has: tables, columns, keys and indexes, as a value that can be kept and compared. */
package io.github.deploymigrations.schema;

/** The CDI portable extension. */
package io.github.deploymigrations.cdi;

/** Where the server keeps its DataSources. */
package io.github.deploymigrations.jndi;

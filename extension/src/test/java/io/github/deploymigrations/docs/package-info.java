/** Holds what users read against what the code does. */
package io.github.deploymigrations.docs;

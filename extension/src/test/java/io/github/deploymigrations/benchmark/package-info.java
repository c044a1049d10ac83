/**
 * The peers side by side: {@code mvn -pl extension test -Pbenchmark} measures for long and writes {@code
 * docs/performance.md}; without the profile a tiny size of the same runs as a test.
 */
package io.github.deploymigrations.benchmark;

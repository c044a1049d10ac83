/** What is to be done: a pure function of scripts and changelog. No I/O, no clock. */
package io.github.deploymigrations.plan;

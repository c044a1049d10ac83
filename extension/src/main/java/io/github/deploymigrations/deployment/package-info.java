/** The run of one deployment: its files, its moments, its blocks in order, its outcome. */
package io.github.deploymigrations.deployment;

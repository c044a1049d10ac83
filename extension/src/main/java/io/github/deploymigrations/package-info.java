/**
 * MyBatis Migrations for a deployment: {@link io.github.deploymigrations.Migrations} for any Java program, and what a
 * run reports.
 */
package io.github.deploymigrations;

/**
 * Joins the engine with the real outside: AWS, target clusters, Helm, Git and the management
 * cluster. Plain Java: the application opens an installation from its configuration, the demo and
 * the kill harness from their own values, and both get the same parts.
 */
@NullMarked
package dev.hikkoshi.controller.install;

import org.jspecify.annotations.NullMarked;

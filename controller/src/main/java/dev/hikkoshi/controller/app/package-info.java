/**
 * The Quarkus application around the engine: configuration, HTTP, health, metrics and the tick of
 * the schedule. It decides nothing.
 */
@NullMarked
package dev.hikkoshi.controller.app;

import org.jspecify.annotations.NullMarked;

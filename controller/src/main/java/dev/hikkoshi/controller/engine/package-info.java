/**
 * The controller as plain Java: sources are listened to, each environment has a loop of its own,
 * and every loop takes the same pass again and again. Nothing here knows the application framework,
 * AWS or Kubernetes, so that tests, the demo and the kill harness start the very engine that ships,
 * with gateways, record store and clock of their own.
 */
@NullMarked
package dev.hikkoshi.controller.engine;

import org.jspecify.annotations.NullMarked;

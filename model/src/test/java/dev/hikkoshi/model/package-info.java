/**
 * The TLA+ model of docs/spec: TLC checks it whole and with each guard left out, and its graph is
 * walked beside the Java code.
 */
@NullMarked
package dev.hikkoshi.model;

import org.jspecify.annotations.NullMarked;

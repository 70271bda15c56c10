/**
 * A helmfile on the user's machine, read by the reader of the controller and rendered by its
 * renderer: what {@code build}, {@code render} and {@code diff} share.
 */
@NullMarked
package dev.hikkoshi.cli.apps;

import org.jspecify.annotations.NullMarked;

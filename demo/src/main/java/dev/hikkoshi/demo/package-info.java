/**
 * The story of the README, told by running it: what a user has, what a user does, and what a user's
 * users notice. Everything goes through surfaces that a user has as well: AWS clients, Git, HTTP,
 * DNS and the status of the custom resources.
 */
@NullMarked
package dev.hikkoshi.demo;

import org.jspecify.annotations.NullMarked;

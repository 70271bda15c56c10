/**
 * The schedule that proposes newer versions: at its hours, once each, one branch with one changed
 * line. Whether it is merged is for people.
 */
@NullMarked
package dev.hikkoshi.controller.upgrade;

import org.jspecify.annotations.NullMarked;

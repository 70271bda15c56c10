/**
 * What people are shown: one document per environment and one per plan. Status, command line and
 * reports render these; the words are made here once, so that they agree everywhere. Pure.
 */
@NullMarked
package dev.hikkoshi.environments.view;

import org.jspecify.annotations.NullMarked;

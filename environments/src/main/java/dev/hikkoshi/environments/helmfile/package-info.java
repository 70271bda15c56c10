/**
 * The part of helmfile that is read without templates, with helmfile's own meaning: releases with
 * charts of the repository, their values, needs, labels and environments. What is not read is
 * refused by name, never skipped.
 */
@NullMarked
package dev.hikkoshi.environments.helmfile;

import org.jspecify.annotations.NullMarked;

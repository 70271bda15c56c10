/**
 * What the world looks like in one pass: values only, each either known or unknown with a reason.
 * Nothing here decides or acts.
 */
@NullMarked
package dev.hikkoshi.environments.observed;

import org.jspecify.annotations.NullMarked;

/** Tests of {@code helmfile}. */
@NullMarked
package dev.hikkoshi.environments.helmfile;

import org.jspecify.annotations.NullMarked;

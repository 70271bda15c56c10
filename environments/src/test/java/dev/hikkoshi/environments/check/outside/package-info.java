/** Rule 0, over objects written as YAML. */
@NullMarked
package dev.hikkoshi.environments.check.outside;

import org.jspecify.annotations.NullMarked;

/** The doctor, over objects written as trees. */
@NullMarked
package dev.hikkoshi.environments.check.doctor;

import org.jspecify.annotations.NullMarked;

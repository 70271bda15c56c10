/**
 * What would hurt on the day of the first move, found before it: rule 0 over everything that an
 * environment renders, and what its routes, clusters and roles look like. It only reads what it is
 * given.
 */
@NullMarked
package dev.hikkoshi.environments.check.doctor;

import org.jspecify.annotations.NullMarked;

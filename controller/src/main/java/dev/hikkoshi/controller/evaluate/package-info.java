/**
 * From commits to wishes: the newest good definition of each environment stands, whatever happens
 * to Git, and what keeps the newest commit from being it is said with file, line and column. A
 * change of a cluster's definition is judged against the commit before it (rule 8).
 */
@NullMarked
package dev.hikkoshi.controller.evaluate;

import org.jspecify.annotations.NullMarked;

/**
 * Output of whole commands that is printed again while nothing that it was made of has changed.
 * What belongs here: what a command saw, how it is compared with what is there now, and where the
 * output lies. What may be kept at all, the command decides.
 */
@NullMarked
package dev.hikkoshi.cli.kept;

import org.jspecify.annotations.NullMarked;

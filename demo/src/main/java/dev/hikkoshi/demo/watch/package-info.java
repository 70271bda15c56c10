/**
 * What the controller says about itself, read where everybody can read it: the status of the
 * Environment object in the management cluster. Folded into moves, phases and steps with the
 * instants between which a share was meant to hold.
 */
@NullMarked
package dev.hikkoshi.demo.watch;

import org.jspecify.annotations.NullMarked;

/** Tests of the load generator against servers on loopback that behave and misbehave. */
@NullMarked
package dev.hikkoshi.demo.load;

import org.jspecify.annotations.NullMarked;

/** How long things take in this region: one documented file, defaults are AWS's. */
@NullMarked
package dev.hikkoshi.sandbox.physics;

import org.jspecify.annotations.NullMarked;

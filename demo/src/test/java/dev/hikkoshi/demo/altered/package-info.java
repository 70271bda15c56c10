/** Tests of what is put between the engine and the world. */
@NullMarked
package dev.hikkoshi.demo.altered;

import org.jspecify.annotations.NullMarked;

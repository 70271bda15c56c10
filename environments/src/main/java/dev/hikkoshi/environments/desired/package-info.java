/**
 * What one commit asks for, after its definition was read and evaluated: values only, resolved as
 * far as they can be without looking at the world.
 */
@NullMarked
package dev.hikkoshi.environments.desired;

import org.jspecify.annotations.NullMarked;

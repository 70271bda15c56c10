/** What one commit asks for, after its definition was read and evaluated. */
@NullMarked
package dev.hikkoshi.environments.desired;

import org.jspecify.annotations.NullMarked;

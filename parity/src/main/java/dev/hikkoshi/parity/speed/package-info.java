/** Times of whole processes, helmfile's and ours, over the same fleet of releases. */
@NullMarked
package dev.hikkoshi.parity.speed;

import org.jspecify.annotations.NullMarked;

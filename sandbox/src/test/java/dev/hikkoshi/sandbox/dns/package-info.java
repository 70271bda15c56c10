/** Tests of what the name server answers. */
@NullMarked
package dev.hikkoshi.sandbox.dns;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.hikkoshi.parity;

import org.jspecify.annotations.NullMarked;

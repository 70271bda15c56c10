@NullMarked
package dev.hikkoshi.clusters.health;

import org.jspecify.annotations.NullMarked;

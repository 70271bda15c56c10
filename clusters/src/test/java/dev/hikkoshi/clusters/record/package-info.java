@NullMarked
package dev.hikkoshi.clusters.record;

import org.jspecify.annotations.NullMarked;

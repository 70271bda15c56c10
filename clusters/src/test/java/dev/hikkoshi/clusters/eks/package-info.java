@NullMarked
package dev.hikkoshi.clusters.eks;

import org.jspecify.annotations.NullMarked;

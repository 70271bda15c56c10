@NullMarked
package dev.hikkoshi.clusters.kube;

import org.jspecify.annotations.NullMarked;

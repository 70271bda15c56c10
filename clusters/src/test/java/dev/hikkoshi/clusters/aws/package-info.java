@NullMarked
package dev.hikkoshi.clusters.aws;

import org.jspecify.annotations.NullMarked;

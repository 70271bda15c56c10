/** Certificates: the region's own authority and one authority for each cluster. */
@NullMarked
package dev.hikkoshi.sandbox.tls;

import org.jspecify.annotations.NullMarked;

/**
 * The name server of the region: answers for the zones of Route 53 as they are INSYNC, by weight
 * and health, and for the names of load balancers. What is answered is decided by pure code;
 * sockets are apart.
 */
@NullMarked
package dev.hikkoshi.sandbox.dns;

import org.jspecify.annotations.NullMarked;

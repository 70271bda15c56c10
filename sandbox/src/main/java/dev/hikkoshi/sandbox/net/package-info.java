/** How private addresses of the played VPC become loopback addresses of this machine. */
@NullMarked
package dev.hikkoshi.sandbox.net;

import org.jspecify.annotations.NullMarked;

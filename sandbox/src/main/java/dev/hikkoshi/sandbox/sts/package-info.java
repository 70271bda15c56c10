/** Who is who: access keys, sessions of roles, and the service that tells. */
@NullMarked
package dev.hikkoshi.sandbox.sts;

import org.jspecify.annotations.NullMarked;

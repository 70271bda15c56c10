/** Looks at the account, against the sandbox. */
@NullMarked
package dev.hikkoshi.clusters.account;

import org.jspecify.annotations.NullMarked;

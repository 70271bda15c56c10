/** Tests of git-sync: real repositories, a real http server with Git's own backend, real ssh. */
@NullMarked
package dev.hikkoshi.gitsync;

import org.jspecify.annotations.NullMarked;

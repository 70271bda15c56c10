/**
 * What happens on the stage, act by act, what is said about it while it happens, and whether all of
 * it happened as it must: no request lost, every share as intended, home within seconds.
 */
@NullMarked
package dev.hikkoshi.demo.story;

import org.jspecify.annotations.NullMarked;

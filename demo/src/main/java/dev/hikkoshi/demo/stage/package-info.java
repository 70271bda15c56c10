/**
 * What stands on the stage before the story begins: a sandbox, what a user owns in it, a repository
 * of environments, and a controller that watches it. Each is a process or a directory of its own
 * and all of it is gone when the stage is closed, however the demo ends.
 */
@NullMarked
package dev.hikkoshi.demo.stage;

import org.jspecify.annotations.NullMarked;

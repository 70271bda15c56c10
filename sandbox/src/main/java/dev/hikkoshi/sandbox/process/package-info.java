/**
 * Child processes that cannot outlive the sandbox: all are children of one supervisor process whose
 * standard input is a pipe from the sandbox. However the sandbox ends, the pipe closes, and the
 * supervisor ends what it started. Should the supervisor itself be killed, what it left behind is
 * known by pid, start time and executable, and is ended at the next start.
 */
@NullMarked
package dev.hikkoshi.sandbox.process;

import org.jspecify.annotations.NullMarked;

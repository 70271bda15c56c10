/**
 * The client of the render worker (tools/render): a pool of processes that run Helm's engine, Go's
 * templates and Helm's release records. What belongs here is talking to those processes and
 * surviving them; what a rendered object means belongs to whoever asked for it. Templates are
 * foreign code: a worker has an empty environment and is killed when it is over its deadline or its
 * memory.
 */
@NullMarked
package dev.hikkoshi.clusters.render;

import org.jspecify.annotations.NullMarked;

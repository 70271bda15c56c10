package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a worker.
 *
 * @param body without the chart
 * @param chart its files travel once to each process; null where the request has none, or has it in
 *     its body
 */
record Message(ObjectNode body, @Nullable ChartFiles chart) {}

package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A chart that another one's Chart.yaml names and its {@code charts/} folder does not have.
 *
 * @param repository as it is written there
 * @param version the one of Chart.lock, else the range of Chart.yaml
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MissingDependency(String name, String repository, String version) {}

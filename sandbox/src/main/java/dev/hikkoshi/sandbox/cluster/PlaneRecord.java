package dev.hikkoshi.sandbox.cluster;

/**
 * What is kept of a control plane.
 *
 * @param spec what was asked for
 * @param number counts all clusters ever built; decides about the pods' addresses
 * @param port of the API server
 * @param prefix of its data in etcd, never used again
 * @param nodes whether there are nodes, that is, kwok
 * @param ready whether listeners have heard of it once
 */
record PlaneRecord(
    PlaneSpec spec, int number, int port, String prefix, boolean nodes, boolean ready) {

  PlaneRecord nowReady() {
    return new PlaneRecord(spec, number, port, prefix, nodes, true);
  }
}

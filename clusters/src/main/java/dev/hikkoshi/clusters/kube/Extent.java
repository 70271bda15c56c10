package dev.hikkoshi.clusters.kube;

/** How much of each object is answered, as the API server is asked for it. */
enum Extent {
  WHOLE("application/json", "application/json"),

  /** Who it is, its labels and annotations: all that is asked for of objects of any size. */
  METADATA(
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1");

  private final String list;
  private final String watch;

  Extent(String list, String watch) {
    this.list = list;
    this.watch = watch;
  }

  /** What a list is accepted as. */
  String list() {
    return list;
  }

  /** What each event of a watch is accepted as. */
  String watch() {
    return watch;
  }
}

package dev.hikkoshi.tools;

/**
 * One Go module under {@code tools/}. They are apart because their dependencies conflict.
 *
 * <p>The bytes are what a build with an empty Go build cache takes at its peak, rounded up, and
 * what it takes when only the link is left to do.
 */
enum GoModule {
  KUBERNETES("kubernetes", 4_000L << 20, 500L << 20),
  ETCD("etcd", 800L << 20, 150L << 20),
  KWOK("kwok", 2_000L << 20, 300L << 20),
  HELM("helm", 2_000L << 20, 300L << 20),
  RENDER("render", 1_500L << 20, 200L << 20),
  HELMFILE("helmfile", 4_000L << 20, 800L << 20),
  REGISTRY("registry", 1_500L << 20, 200L << 20),
  PROMETHEUS("prometheus", 2_500L << 20, 400L << 20);

  private final String folder;
  private final long coldBytes;
  private final long warmBytes;

  GoModule(String folder, long coldBytes, long warmBytes) {
    this.folder = folder;
    this.coldBytes = coldBytes;
    this.warmBytes = warmBytes;
  }

  String folder() {
    return folder;
  }

  /** Whether it only judges; production never runs it. */
  boolean judge() {
    return this == HELMFILE || this == REGISTRY || this == PROMETHEUS;
  }

  long coldBytes() {
    return coldBytes;
  }

  long warmBytes() {
    return warmBytes;
  }
}

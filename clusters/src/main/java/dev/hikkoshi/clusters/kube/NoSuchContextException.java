package dev.hikkoshi.clusters.kube;

import java.util.List;

/** A kubeconfig has no context of that name. Its text names contexts only, and no secret. */
public final class NoSuchContextException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String context;
  private final List<String> there;

  NoSuchContextException(String context, List<String> there) {
    super("there is no context '%s' in the kubeconfig".formatted(context));
    this.context = context;
    this.there = List.copyOf(there);
  }

  /** The one that is missing. */
  public String context() {
    return context;
  }

  /** Those that are there. */
  public List<String> there() {
    return there;
  }
}

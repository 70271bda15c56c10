package dev.hikkoshi.cli;

import dev.hikkoshi.clusters.kube.KubeException;

/** Answers of the management cluster, with what to do about them. */
final class Refusals {

  private Refusals() {}

  static CliException of(KubeException e) {
    String said = String.valueOf(e.getMessage());
    return switch (e.code()) {
      case 0 ->
          unreadable(
              "the management cluster does not answer: " + said,
              "Is it the right one? --kubeconfig and --context choose it.");
      case 401 ->
          unreadable(
              "the management cluster does not know you: " + said,
              "Renew the credentials of the kubeconfig.");
      case 403 ->
          unreadable(
              "access is denied: " + said,
              "You need the right to read environments.hikkoshi.dev and moves.hikkoshi.dev in this"
                  + " namespace; to resume, also to update environments.");
      default -> unreadable("the management cluster said: " + said, "");
    };
  }

  private static CliException unreadable(String what, String next) {
    return new CliException(Exit.UNREADABLE, what, next);
  }
}

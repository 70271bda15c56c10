package dev.hikkoshi.gitsync;

import dev.hikkoshi.gitsync.FetchResult.Cause;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.PackInvalidException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.errors.UnpackException;

/**
 * Tells what an exception of the Git library means. It has types for some troubles and only texts
 * for others (it says "not authorized" in a plain TransportException), so both are looked at.
 */
final class Troubles {

  private static final List<String> AUTHENTICATION =
      List.of(
          "not authorized",
          "authentication is required",
          "authentication not supported",
          "not permitted",
          "no more authentication methods",
          "cannot log in",
          "auth fail");

  private Troubles() {}

  /** What failed, in words that hold none of the secrets. */
  static Trouble of(Throwable e, Credentials credentials) {
    if (e instanceof Trouble trouble) {
      return trouble;
    }
    List<Throwable> chain = chain(e);
    return new Trouble(kind(chain), credentials.redact(Texts.line(text(chain))));
  }

  private static List<Throwable> chain(Throwable e) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable next = e; next != null && chain.size() < 20; next = next.getCause()) {
      chain.add(next);
    }
    return chain;
  }

  private static Cause kind(List<Throwable> chain) {
    if (has(chain, NoRemoteRepositoryException.class)) {
      return Cause.REPOSITORY_MISSING;
    }
    if (chain.stream().anyMatch(Troubles::hostKey)) {
      return Cause.HOST_KEY;
    }
    String words = text(chain).toLowerCase(Locale.ROOT);
    if (AUTHENTICATION.stream().anyMatch(words::contains)) {
      return Cause.AUTHENTICATION;
    }
    if (words.contains("remote does not have refs/heads/")) {
      return Cause.BRANCH_MISSING;
    }
    if (has(chain, FileSystemException.class)) {
      return Cause.CACHE;
    }
    if (has(chain, TooLargeObjectInPackException.class)
        || has(chain, TooLargePackException.class)) {
      return Cause.TOO_LARGE;
    }
    boolean damaged =
        has(chain, MissingObjectException.class)
            || has(chain, CorruptObjectException.class)
            || has(chain, PackInvalidException.class)
            || has(chain, UnpackException.class);
    return damaged ? Cause.DAMAGED : Cause.CONNECTION;
  }

  private static boolean has(List<Throwable> chain, Class<? extends Throwable> type) {
    return chain.stream().anyMatch(type::isInstance);
  }

  private static boolean hostKey(Throwable e) {
    return e instanceof SshException ssh
        && ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_HOST_KEY_NOT_VERIFIABLE;
  }

  /** The outermost and the innermost words: what was wanted and what was in the way. */
  private static String text(List<Throwable> chain) {
    List<String> words = new ArrayList<>();
    for (Throwable e : List.of(chain.getFirst(), chain.getLast())) {
      String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      if (words.stream().noneMatch(known -> known.contains(message))) {
        words.add(message);
      }
    }
    return String.join(": ", words);
  }
}

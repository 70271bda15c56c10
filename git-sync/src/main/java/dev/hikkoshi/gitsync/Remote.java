package dev.hikkoshi.gitsync;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.jspecify.annotations.Nullable;

/** The other side of a clone, with the credentials of one fetch or push. */
final class Remote {

  private final RemoteUrl url;
  private final Credentials credentials;
  private final int idleSeconds;
  private final Path home;

  /**
   * A remote.
   *
   * @param home an existing folder where ssh finds nothing of a user
   */
  Remote(RemoteUrl url, Credentials credentials, int idleSeconds, Path home) {
    this.url = url;
    this.credentials = credentials;
    this.idleSeconds = idleSeconds;
    this.home = home;
  }

  /** Fetches one branch, and no tag, into a reference of the clone; overwrites that reference. */
  void fetch(Repository clone, String branchRef, String into) throws IOException {
    RefSpec spec = new RefSpec("+" + branchRef + ":" + into);
    with(
        clone,
        transport -> {
          transport.setTagOpt(TagOpt.NO_TAGS);
          return transport.fetch(NullProgressMonitor.INSTANCE, List.of(spec));
        });
  }

  /** Creates a branch; the update says what the remote answered. */
  RemoteRefUpdate create(Repository clone, ObjectId commit, String ref) throws IOException {
    RemoteRefUpdate update =
        new RemoteRefUpdate(clone, null, commit, ref, false, null, ObjectId.zeroId());
    with(clone, transport -> transport.push(NullProgressMonitor.INSTANCE, List.of(update)));
    return update;
  }

  /** What a reference of the remote points to. */
  Optional<ObjectId> look(Repository clone, String ref) throws IOException {
    return with(
        clone,
        transport -> {
          try (FetchConnection connection = transport.openFetch(List.of(new RefSpec(ref)))) {
            return Optional.ofNullable(connection.getRef(ref)).map(Ref::getObjectId);
          }
        });
  }

  private interface Work<T> {
    T on(Transport transport) throws IOException;
  }

  private <T> T with(Repository clone, Work<T> work) throws IOException {
    try (SshdSessionFactory ssh = ssh();
        Transport transport = open(clone)) {
      configure(transport, ssh);
      return heard(work, transport);
    }
  }

  private Transport open(Repository clone) throws NotSupportedException, TransportException {
    return url.kind() == RemoteUrl.Kind.FILE
        ? FolderTransport.to(clone, url.uri())
        : Transport.open(clone, url.uri());
  }

  /** A folder is in this process: what went wrong on its side is the better cause. */
  private <T> T heard(Work<T> work, Transport transport) throws IOException {
    try {
      return work.on(transport);
    } catch (IOException e) {
      Optional<Exception> far =
          transport instanceof FolderTransport folder ? folder.trouble() : Optional.empty();
      if (far.isEmpty()) {
        throw e;
      }
      TransportException told =
          new TransportException(url.uri(), "the remote could not answer", far.get());
      told.addSuppressed(e);
      throw told;
    }
  }

  private @Nullable SshdSessionFactory ssh() {
    return url.kind() == RemoteUrl.Kind.SSH ? StrictSsh.sessions(credentials, home) : null;
  }

  private void configure(Transport transport, @Nullable SshdSessionFactory ssh)
      throws TransportException, NotSupportedException {
    transport.setTimeout(idleSeconds);
    transport.setCredentialsProvider(new SameOriginLogin(url, credentials));
    switch (transport) {
      case TransportHttp http -> http.setHttpConnectionFactory(new SameOriginHttp(url));
      case SshTransport remote -> remote.setSshSessionFactory(ssh);
      case FolderTransport _ -> {}
      default -> throw new NotSupportedException("no transport for this kind of url");
    }
  }
}

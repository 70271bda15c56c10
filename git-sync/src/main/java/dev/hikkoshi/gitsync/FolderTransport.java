package dev.hikkoshi.gitsync;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.BasePackPushConnection;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackTransport;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * A remote that is a folder of this machine: both sides of the conversation run in this process.
 *
 * <p>The library's own transport for folders prints a stack trace to the error stream when its far
 * side fails, and tells the near side only that the answer ended. This one keeps what the far side
 * met, so that damage in the remote is told as what it is.
 */
final class FolderTransport extends Transport implements PackTransport {

  private final File folder;
  private @Nullable FarSide far;

  private FolderTransport(Repository local, URIish uri, File folder) {
    super(local, uri);
    this.folder = folder;
  }

  /**
   * A transport to the repository, bare or with a work tree, that an address names.
   *
   * @throws NoRemoteRepositoryException when there is none
   */
  static FolderTransport to(Repository local, URIish uri) throws NoRemoteRepositoryException {
    File path = local.getFS().resolve(new File("."), uri.getPath());
    @Nullable File folder = FileKey.resolve(path, local.getFS());
    if (folder == null) {
      throw new NoRemoteRepositoryException(uri, "there is no repository in this folder");
    }
    return new FolderTransport(local, uri, folder);
  }

  /** What the remote met that ended the last conversation; empty when the near side ended it. */
  Optional<Exception> trouble() {
    return Optional.ofNullable(far).flatMap(FarSide::trouble);
  }

  @Override
  public FetchConnection openFetch() throws TransportException {
    return new Fetching(
        answering(
            "upload",
            (remote, in, out) -> {
              try (UploadPack pack = new UploadPack(remote)) {
                pack.uploadWithExceptionPropagation(in, out, null);
              }
            }));
  }

  @Override
  public PushConnection openPush() throws TransportException {
    return new Pushing(
        answering(
            "receive",
            (remote, in, out) ->
                new ReceivePack(remote).receiveWithExceptionPropagation(in, out, null)));
  }

  @Override
  public void close() {
    // Each connection closes its repository and ends its thread.
  }

  private interface Service {
    void answer(Repository remote, InputStream in, OutputStream out) throws IOException;
  }

  private FarSide answering(String name, Service service) throws TransportException {
    FS files = local.getFS();
    FarSide.Talk talk =
        (in, out) -> {
          try (Repository remote = new RepositoryBuilder().setFS(files).setGitDir(folder).build()) {
            service.answer(remote, in, out);
          }
        };
    try {
      FarSide started = FarSide.start("git-" + name + "-" + folder.getName(), talk);
      far = started;
      return started;
    } catch (IOException e) {
      throw new TransportException(uri, "no pipe to the remote's folder", e);
    }
  }

  private final class Fetching extends BasePackFetchConnection {

    private final FarSide far;

    Fetching(FarSide far) throws TransportException {
      super(FolderTransport.this);
      this.far = far;
      init(far.in(), far.out());
      readAdvertisedRefs();
    }

    @Override
    public void close() {
      far.leave();
      super.close();
      far.join();
    }
  }

  private final class Pushing extends BasePackPushConnection {

    private final FarSide far;

    Pushing(FarSide far) throws TransportException {
      super(FolderTransport.this);
      this.far = far;
      init(far.in(), far.out());
      readAdvertisedRefs();
    }

    @Override
    public void close() {
      far.leave();
      super.close();
      far.join();
    }
  }
}

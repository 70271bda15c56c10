package dev.hikkoshi.demo.stage;

import dev.hikkoshi.demo.DemoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand.FastForwardMode;
import org.eclipse.jgit.api.MergeResult;
import org.eclipse.jgit.api.MergeResult.MergeStatus;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/**
 * The repository of environments: a bare one that the controller reads, and a clone in which the
 * demo does what people do. Pull requests are merged as one commit each, so that {@code git revert}
 * of one is all it takes.
 */
public final class EnvironmentsRepository implements AutoCloseable {

  /** The branch that is followed. */
  public static final String BRANCH = "main";

  private static final String FOLDER = "shop";
  private static final Pattern APPROVED = Pattern.compile("approved: \\[[^]]*]");

  private final Path origin;
  private final Git git;
  private final InstantSource clock;

  /**
   * What happened in Git.
   *
   * @param pushedAt when the remote had it
   */
  public record Pushed(String id, String subject, Instant pushedAt) {

    /** The id as people write it. */
    public String shortId() {
      return id.substring(0, 7);
    }
  }

  private EnvironmentsRepository(Path origin, Git git, InstantSource clock) {
    this.origin = origin;
    this.git = git;
    this.clock = clock;
  }

  /** Makes an empty one: its first commit has a README and no environment. */
  public static EnvironmentsRepository create(Folders folders, InstantSource clock) {
    try {
      Git.init()
          .setBare(true)
          .setInitialBranch(BRANCH)
          .setDirectory(folders.origin().toFile())
          .call()
          .close();
      Git git = Git.init().setInitialBranch(BRANCH).setDirectory(folders.work().toFile()).call();
      git.remoteAdd()
          .setName("origin")
          .setUri(new org.eclipse.jgit.transport.URIish(folders.origin().toUri().toURL()))
          .call();
      EnvironmentsRepository repository = new EnvironmentsRepository(folders.origin(), git, clock);
      Files.writeString(repository.file("README.md"), "# Our environments\n");
      repository.commit("Begin");
      return repository;
    } catch (IOException | GitAPIException e) {
      throw new DemoException("could not make the repository: " + e.getMessage(), e);
    }
  }

  /** Where the controller reads it. */
  public String url() {
    return origin.toUri().toString();
  }

  /** Merges the pull request that brings the sample with shorter times. */
  public Pushed addSample(Path sample, Overlay overlay, String subject) {
    try (Stream<Path> files = Files.walk(sample.resolve(FOLDER))) {
      for (Path from : files.filter(Files::isRegularFile).toList()) {
        Path to = file(sample.relativize(from).toString());
        Files.createDirectories(to.getParent());
        Files.write(to, Files.readAllBytes(from));
      }
    } catch (IOException e) {
      throw new DemoException("could not copy the sample: " + e.getMessage(), e);
    }
    edit("environment.yaml", overlay::on);
    overlay.appended().forEach((name, text) -> edit(name, before -> before + text));
    return commit(subject);
  }

  /** Merges the pull request that asks for another Kubernetes minor. */
  public Pushed upgrade(String from, String to) {
    edit("cluster.yaml", text -> Overlay.replace(text, version(from), version(to)));
    return commit("Shop on Kubernetes " + to);
  }

  private static String version(String minor) {
    return "version: \"" + minor + "\"";
  }

  /** Merges the pull request that lets clusters go. */
  public Pushed approve(List<String> clusters) {
    String list = "approved: [" + String.join(", ", clusters) + "]";
    edit("environment.yaml", text -> APPROVED.matcher(text).replaceFirst(list));
    return commit("Let " + String.join(" and ", clusters) + " go");
  }

  /** What somebody does to the files. */
  @FunctionalInterface
  public interface Edit {

    /**
     * Does it.
     *
     * @param root of the work tree
     */
    void on(Path root) throws IOException;
  }

  /** Merges the pull request with any other change. */
  public Pushed change(String subject, Edit edit) {
    try {
      edit.on(git.getRepository().getWorkTree().toPath());
    } catch (IOException e) {
      throw new DemoException("could not change the files: " + e.getMessage(), e);
    }
    return commit(subject);
  }

  /** Merges a branch that somebody else pushed, with a commit of its own as forges do. */
  public Pushed merge(String branch) {
    try {
      git.fetch().setRemote("origin").setRefSpecs("+refs/heads/*:refs/remotes/origin/*").call();
      MergeResult merged =
          git.merge()
              .include(git.getRepository().resolve("refs/remotes/origin/" + branch))
              .setFastForward(FastForwardMode.NO_FF)
              .setCommit(false)
              .call();
      if (merged.getMergeStatus() != MergeStatus.MERGED_NOT_COMMITTED) {
        throw new DemoException(branch + " cannot be merged: " + merged.getMergeStatus());
      }
      return commit("Merge " + branch);
    } catch (IOException | GitAPIException e) {
      throw new DemoException("could not merge " + branch + ": " + e.getMessage(), e);
    }
  }

  /** {@code git revert}. */
  public Pushed revert(Pushed commit) {
    try {
      RevCommit reverted = git.revert().include(git.getRepository().resolve(commit.id())).call();
      if (reverted == null) {
        throw new DemoException("git revert " + commit.shortId() + " has conflicts");
      }
      return push(reverted);
    } catch (IOException | GitAPIException e) {
      throw new DemoException("could not revert " + commit.shortId() + ": " + e.getMessage(), e);
    }
  }

  private Path file(String path) {
    return git.getRepository().getWorkTree().toPath().resolve(path);
  }

  private void edit(String name, UnaryOperator<String> change) {
    Path file = file(FOLDER).resolve(name);
    try {
      Files.writeString(file, change.apply(Files.readString(file)));
    } catch (IOException e) {
      throw new DemoException("could not edit " + file, e);
    }
  }

  private Pushed commit(String subject) {
    try {
      git.add().addFilepattern(".").call();
      git.add().addFilepattern(".").setUpdate(true).call(); // what was deleted
      PersonIdent person =
          new PersonIdent("Miyake", "miyake@example.com", clock.instant(), ZoneId.of("Asia/Tokyo"));
      return push(
          git.commit()
              .setAuthor(person)
              .setCommitter(person)
              .setSign(false)
              .setMessage(subject)
              .call());
    } catch (GitAPIException e) {
      throw new DemoException("could not commit: " + e.getMessage(), e);
    }
  }

  private Pushed push(RevCommit commit) throws GitAPIException {
    for (PushResult result : git.push().setRemote("origin").add(BRANCH).call()) {
      for (RemoteRefUpdate update : result.getRemoteUpdates()) {
        if (update.getStatus() != RemoteRefUpdate.Status.OK) {
          throw new DemoException("push was refused: " + update.getStatus());
        }
      }
    }
    return new Pushed(commit.name(), commit.getShortMessage(), clock.instant());
  }

  @Override
  public void close() {
    git.close();
  }
}

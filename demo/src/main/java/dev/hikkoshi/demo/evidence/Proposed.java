package dev.hikkoshi.demo.evidence;

import dev.hikkoshi.demo.DemoException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.RevWalkUtils;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.util.io.DisabledOutputStream;

/** What was proposed in the remote repository: every branch beside {@code main}. */
final class Proposed {

  private static final String HEADS = "refs/heads/";
  private static final String MAIN = "main";

  private final Path remote;

  Proposed(Path remote) {
    this.remote = remote;
  }

  /**
   * A branch.
   *
   * @param commits how many it is ahead of {@code main}
   * @param numstat as {@code git diff --numstat main...branch} says it, one space between
   */
  record Branch(String name, String head, int commits, String numstat) {}

  /** All, in order of name. */
  List<Branch> branches() {
    try (Git git = Git.open(remote.toFile())) {
      List<Branch> branches = new ArrayList<>();
      for (Ref ref : git.branchList().call()) {
        if (!ref.getName().equals(HEADS + MAIN)) {
          branches.add(branch(git.getRepository(), ref));
        }
      }
      return branches;
    } catch (IOException | GitAPIException e) {
      throw new DemoException("the repository cannot be read: " + e.getMessage(), e);
    }
  }

  private static Branch branch(Repository repository, Ref ref) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      RevCommit main = walk.parseCommit(repository.resolve(HEADS + MAIN));
      RevCommit head = walk.parseCommit(ref.getObjectId());
      int ahead = RevWalkUtils.count(walk, head, main);
      String name = ref.getName().substring(HEADS.length());
      return new Branch(name, head.name(), ahead, numstat(repository, main, head));
    }
  }

  private static String numstat(Repository repository, RevCommit before, RevCommit after)
      throws IOException {
    try (DiffFormatter diff = new DiffFormatter(DisabledOutputStream.INSTANCE)) {
      diff.setRepository(repository);
      List<String> lines = new ArrayList<>();
      for (DiffEntry entry : diff.scan(before.getTree(), after.getTree())) {
        List<Edit> edits = diff.toFileHeader(entry).toEditList();
        int added = edits.stream().mapToInt(Edit::getLengthB).sum();
        int removed = edits.stream().mapToInt(Edit::getLengthA).sum();
        lines.add(added + " " + removed + " " + entry.getNewPath());
      }
      return lines.stream().collect(Collectors.joining(", "));
    }
  }

  /** The bytes of the sample's cluster file on a branch, as text. */
  String clusterFile(String branch) {
    try (Git git = Git.open(remote.toFile());
        RevWalk walk = new RevWalk(git.getRepository())) {
      Repository repository = git.getRepository();
      RevCommit commit = walk.parseCommit(repository.resolve(HEADS + branch));
      try (TreeWalk file = TreeWalk.forPath(repository, "shop/cluster.yaml", commit.getTree())) {
        byte[] bytes = repository.open(file.getObjectId(0)).getBytes();
        return new String(bytes, StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new DemoException("the repository cannot be read: " + e.getMessage(), e);
    }
  }
}

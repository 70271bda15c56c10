package dev.hikkoshi.demo.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.demo.stage.EnvironmentsRepository.Pushed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentsRepositoryTest {

  private static final Path CHECKOUT = Path.of(System.getProperty("hikkoshi.root", ".."));

  @TempDir Path root;
  @TempDir Path other;

  private String origin(String path) throws IOException {
    try (Git git = Git.open(root.resolve("environments.git").toFile())) {
      Repository repository = git.getRepository();
      var tree = repository.parseCommit(repository.resolve("main")).getTree();
      try (TreeWalk walk = TreeWalk.forPath(repository, path, tree)) {
        return new String(repository.open(walk.getObjectId(0)).getBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  /** Somebody else pushes a branch on which a file ends with a comment. */
  private void theirs(String file) throws IOException, GitAPIException {
    String url = root.resolve("environments.git").toUri().toString();
    try (Git git = Git.cloneRepository().setURI(url).setDirectory(other.toFile()).call()) {
      Files.writeString(other.resolve(file), "# theirs\n", StandardOpenOption.APPEND);
      git.commit().setAll(true).setSign(false).setMessage("Theirs").call();
      git.push().add("HEAD:refs/heads/theirs").call();
    }
  }

  private List<String> paths() throws IOException {
    try (Git git = Git.open(root.resolve("environments.git").toFile());
        TreeWalk walk = new TreeWalk(git.getRepository())) {
      Repository repository = git.getRepository();
      walk.addTree(repository.parseCommit(repository.resolve("main")).getTree());
      walk.setRecursive(true);
      List<String> paths = new ArrayList<>();
      while (walk.next()) {
        paths.add(walk.getPathString());
      }
      return paths;
    }
  }

  @Test
  void anUpgradeIsOneLineAndARevertTakesItBack() throws IOException {
    // Given
    Folders folders = new Folders(root, CHECKOUT);
    try (EnvironmentsRepository repository =
        EnvironmentsRepository.create(folders, InstantSource.system())) {
      repository.addSample(folders.sample(), Overlay.shortTimes(), "Shop on Kubernetes 1.36");
      String before = origin("shop/cluster.yaml");
      // When
      Pushed upgrade = repository.upgrade("1.36", "1.37");
      String upgraded = origin("shop/cluster.yaml");
      Pushed revert = repository.revert(upgrade);
      String reverted = origin("shop/cluster.yaml");
      repository.revert(revert);
      // Then
      assertThat(upgraded).isEqualTo(before.replace("\"1.36\"", "\"1.37\""));
      assertThat(reverted).isEqualTo(before);
      assertThat(origin("shop/cluster.yaml")).isEqualTo(upgraded);
      assertThat(revert.subject()).contains("Revert");
    }
  }

  @Test
  void approvalNamesTheCluster() throws IOException {
    // Given
    Folders folders = new Folders(root, CHECKOUT);
    try (EnvironmentsRepository repository =
        EnvironmentsRepository.create(folders, InstantSource.system())) {
      repository.addSample(folders.sample(), Overlay.shortTimes(), "Shop");
      // When
      repository.approve(List.of("shop-1-36-1"));
      // Then
      assertThat(origin("shop/environment.yaml")).contains("approved: [shop-1-36-1]");
    }
  }

  @Test
  void aChangeMayAlsoDeleteAndLink() throws IOException {
    // Given
    Folders folders = new Folders(root, CHECKOUT);
    try (EnvironmentsRepository repository =
        EnvironmentsRepository.create(folders, InstantSource.system())) {
      repository.addSample(folders.sample(), Overlay.shortTimes(), "Shop");
      // When
      repository.change(
          "Link",
          work -> {
            Files.delete(work.resolve("shop/cluster.yaml"));
            Files.delete(work.resolve("shop/values/production.yaml"));
            Files.createSymbolicLink(work.resolve("shop/cluster.yaml"), Path.of("../../out"));
          });
      // Then
      assertThat(origin("shop/cluster.yaml")).isEqualTo("../../out");
      assertThat(paths()).doesNotContain("shop/values/production.yaml");
    }
  }

  @Test
  void mergingABranchOfSomebodyElseIsACommitWithTwoParents() throws IOException, GitAPIException {
    // Given
    Folders folders = new Folders(root, CHECKOUT);
    try (EnvironmentsRepository repository =
            EnvironmentsRepository.create(folders, InstantSource.system());
        Git bare = Git.open(folders.origin().toFile())) {
      repository.addSample(folders.sample(), Overlay.shortTimes(), "Shop");
      theirs("shop/cluster.yaml");
      // When
      Pushed merge = repository.merge("theirs");
      // Then
      Repository remote = bare.getRepository();
      assertThat(remote.parseCommit(remote.resolve("main")).name()).isEqualTo(merge.id());
      assertThat(remote.parseCommit(remote.resolve(merge.id())).getParentCount()).isEqualTo(2);
      assertThat(origin("shop/cluster.yaml")).endsWith("# theirs\n");
    }
  }
}

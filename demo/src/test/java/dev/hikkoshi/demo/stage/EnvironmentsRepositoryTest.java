package dev.hikkoshi.demo.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.demo.stage.EnvironmentsRepository.Pushed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentsRepositoryTest {

  private static final Path CHECKOUT = Path.of(System.getProperty("hikkoshi.root", ".."));

  @TempDir Path root;

  private String origin(String path) throws IOException {
    try (Git git = Git.open(root.resolve("environments.git").toFile())) {
      Repository repository = git.getRepository();
      var tree = repository.parseCommit(repository.resolve("main")).getTree();
      try (TreeWalk walk = TreeWalk.forPath(repository, path, tree)) {
        return new String(repository.open(walk.getObjectId(0)).getBytes(), StandardCharsets.UTF_8);
      }
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
}

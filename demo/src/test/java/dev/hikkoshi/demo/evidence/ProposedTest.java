package dev.hikkoshi.demo.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.demo.evidence.Proposed.Branch;
import dev.hikkoshi.demo.stage.EnvironmentsRepository;
import dev.hikkoshi.demo.stage.Folders;
import dev.hikkoshi.demo.stage.Overlay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProposedTest {

  private static final Path CHECKOUT = Path.of(System.getProperty("hikkoshi.root", ".."));
  private static final String BRANCH = "hikkoshi/shop-1.37";

  @TempDir Path root;
  @TempDir Path other;

  private Proposed proposed = new Proposed(Path.of("unset"));

  @BeforeEach
  void aRepository() {
    Folders folders = new Folders(root, CHECKOUT);
    proposed = new Proposed(folders.origin());
    try (EnvironmentsRepository repository =
        EnvironmentsRepository.create(folders, InstantSource.system())) {
      repository.addSample(folders.sample(), Overlay.shortTimes(), "Shop");
    }
  }

  private void propose(int commits, String before, String after)
      throws IOException, GitAPIException {
    String url = root.resolve("environments.git").toUri().toString();
    try (Git git = Git.cloneRepository().setURI(url).setDirectory(other.toFile()).call()) {
      Path file = other.resolve("shop/cluster.yaml");
      Files.writeString(file, Files.readString(file).replace(before, after));
      for (int i = 0; i < commits; i++) {
        git.commit().setAll(true).setAllowEmpty(true).setSign(false).setMessage("Upgrade").call();
      }
      git.push().add("HEAD:refs/heads/" + BRANCH).call();
    }
  }

  @Test
  void mainAloneIsNoProposal() {
    assertThat(proposed.branches()).isEmpty();
  }

  @Test
  void oneLineInOneCommitIsSeenAsThat() throws IOException, GitAPIException {
    // When
    propose(1, "\"1.36\"", "\"1.37\"");
    // Then
    assertThat(proposed.branches())
        .singleElement()
        .extracting(Branch::name, Branch::commits, Branch::numstat)
        .containsExactly(BRANCH, 1, "1 1 shop/cluster.yaml");
    assertThat(proposed.clusterFile(BRANCH))
        .isEqualTo(proposed.clusterFile("main").replace("\"1.36\"", "\"1.37\""));
  }

  @Test
  void moreLinesAndMoreCommitsAreSeen() throws IOException, GitAPIException {
    // When
    propose(2, "metadata:\n", "# generated\nmetadata:\n");
    // Then
    assertThat(proposed.branches())
        .singleElement()
        .extracting(Branch::commits, Branch::numstat)
        .containsExactly(2, "1 0 shop/cluster.yaml");
  }
}

package dev.hikkoshi.sandbox.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStateStoreTest {

  @TempDir Path directory;
  private FileStateStore store;

  record Doc(String name, Instant at, List<Integer> ports) {}

  @BeforeEach
  void open() {
    store = new FileStateStore(directory.resolve("state"));
  }

  @Test
  void comesBackAfterARestart() {
    Doc doc = new Doc("a", Instant.parse("2026-11-24T10:00:00.123Z"), List.of(1, 2));
    store.write("route53/zones", doc);

    FileStateStore again = new FileStateStore(directory.resolve("state"));

    assertThat(again.read("route53/zones", Doc.class)).contains(doc);
    assertThat(again.names("route53/")).containsExactly("route53/zones");
  }

  @Test
  void anUnfinishedWriteIsNotSeen() throws IOException {
    store.write("x", new Doc("old", Instant.EPOCH, List.of()));
    Files.writeString(directory.resolve("state").resolve(".x.json.new"), "{\"name\": \"ne");

    assertThat(store.read("x", Doc.class).orElseThrow().name()).isEqualTo("old");
    assertThat(store.names("")).containsExactly("x");
  }

  @Test
  void namesTheFileThatDoesNotFit() throws IOException {
    Files.writeString(directory.resolve("state").resolve("x.json"), "{\"other\": 1}");

    assertThatIllegalStateException()
        .isThrownBy(() -> store.read("x", Doc.class))
        .withMessageContaining("x.json");
  }

  @Test
  void refusesNamesThatLeaveTheDirectory() {
    for (String name : List.of("../x", "/x", "a/../b", "", "a//b", "a/.b")) {
      assertThatIllegalArgumentException().isThrownBy(() -> store.write(name, "x"));
    }
  }

  @Test
  void isReadableByTheOwnerOnly() throws IOException {
    store.write("secret", "x");

    assertThat(Files.getPosixFilePermissions(directory.resolve("state").resolve("secret.json")))
        .extracting(Enum::name)
        .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
  }

  @Test
  void deletes() {
    store.write("x", "1");
    store.delete("x");
    store.delete("x");

    assertThat(store.read("x", String.class)).isEmpty();
  }
}

package dev.hikkoshi.gitsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.gitsync.FetchResult.Cause;
import dev.hikkoshi.gitsync.FetchResult.Head;
import dev.hikkoshi.gitsync.FetchResult.Unreachable;
import dev.hikkoshi.gitsync.PushResult.Pushed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources over a real ssh server: keys, known hosts and nothing else. */
class SshIT {

  @TempDir private Path temp;

  private final TestClock clock = new TestClock();
  private final KeyPair hostKey = pair("ssh-ed25519");
  private volatile KeyPair allowed = pair("ssh-ed25519");
  private SshServer server;
  private Origin origin;
  private String first;

  @BeforeEach
  void start() throws IOException {
    origin = Origin.at(temp.resolve("origin.git"));
    first = origin.commit("main", Origin.content().file("a", "one"), "one");
    server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPublickeyAuthenticator(
        (user, key, session) ->
            user.equals("git") && KeyUtils.compareKeys(key, allowed.getPublic()));
    server.setCommandFactory((channel, command) -> new GitCommand(command));
    server.start();
  }

  @AfterEach
  void end() throws IOException {
    server.stop(true);
    origin.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa"})
  void fetchesAndPushesWithKeysOfEachKind(String type) throws Exception {
    // Given
    allowed = pair(type);
    SourceConfig config = config(credentials(allowed, hostKey, ""));
    try (GitSource source = GitSource.open(config, clock)) {
      // When
      FetchResult fetched = source.fetch();
      PushResult pushed =
          source.push(
              new BranchPush(
                  first,
                  "hikkoshi/x",
                  Map.of("a", "two".getBytes(UTF_8)),
                  "m",
                  "n",
                  "n@example.com"));

      // Then
      assertThat(fetched).isEqualTo(new Head(first, TestClock.START));
      assertThat(pushed).isInstanceOf(Pushed.class);
      assertThat(origin.head("hikkoshi/x")).isPresent();
    }
  }

  @Test
  void aPassphraseIsReadFromItsFile() throws Exception {
    // Given
    SourceConfig config = config(credentials(allowed, hostKey, "open sesame"));

    // When
    try (GitSource source = GitSource.open(config, clock)) {
      // Then
      assertThat(source.fetch()).isInstanceOf(Head.class);
    }
  }

  @Test
  void aHostThatIsNotKnownIsNotTrustedAndNotLearned() throws Exception {
    // Given
    Path folder = credentials(allowed, hostKey, "");
    Files.writeString(folder.resolve("known_hosts"), "");

    // When
    try (GitSource source = GitSource.open(config(folder), clock)) {
      FetchResult unknown = source.fetch();
      FetchResult again = source.fetch();

      // Then
      assertThat(((Unreachable) unknown).cause()).isEqualTo(Cause.HOST_KEY);
      assertThat(((Unreachable) again).cause()).isEqualTo(Cause.HOST_KEY);
      assertThat(folder.resolve("known_hosts")).isEmptyFile();
    }
  }

  @Test
  void aHostWithAnotherKeyIsNotTrusted() throws Exception {
    // Given
    Path folder = credentials(allowed, pair("ssh-ed25519"), "");

    // When
    try (GitSource source = GitSource.open(config(folder), clock)) {
      // Then
      assertThat(((Unreachable) source.fetch()).cause()).isEqualTo(Cause.HOST_KEY);
    }
  }

  @Test
  void aKeyThatIsNotAllowedIsShown() throws Exception {
    // Given
    Path folder = credentials(pair("ssh-ed25519"), hostKey, "");

    // When
    try (GitSource source = GitSource.open(config(folder), clock)) {
      // Then
      assertThat(((Unreachable) source.fetch()).cause()).isEqualTo(Cause.AUTHENTICATION);
    }
  }

  private SourceConfig config(Path credentials) {
    String url = "ssh://git@127.0.0.1:" + server.getPort() + origin.folder();
    return SourceConfig.of("shop", url, "main", temp.resolve("cache"))
        .withCredentials(Optional.of(credentials));
  }

  private Path credentials(KeyPair identity, KeyPair host, String passphrase) throws Exception {
    Path folder = Files.createDirectories(temp.resolve("credentials"));
    OpenSSHKeyEncryptionContext encryption = null;
    if (!passphrase.isEmpty()) {
      Files.writeString(folder.resolve("password"), passphrase);
      encryption = new OpenSSHKeyEncryptionContext();
      encryption.setCipherType("256");
      encryption.setPassword(passphrase);
    }
    try (OutputStream out = Files.newOutputStream(folder.resolve("identity"))) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(identity, "test", encryption, out);
    }
    Files.writeString(
        folder.resolve("known_hosts"),
        "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(host.getPublic()) + "\n");
    return folder;
  }

  private static KeyPair pair(String type) {
    try {
      return KeyUtils.generateKeyPair(type, type.equals("ssh-rsa") ? 2048 : 256);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code git-upload-pack '/path'} and its like, as a server's shell would start them. */
  private static final class GitCommand extends AbstractCommandSupport {

    GitCommand(String command) {
      super(command, null);
    }

    @Override
    public void run() {
      List<String> words = List.of(getCommand().split(" "));
      String path = words.get(1).replace("'", "");
      try (Repository repository =
          new FileRepositoryBuilder().setBare().setGitDir(Path.of(path).toFile()).build()) {
        serve(words.getFirst(), repository);
        onExit(0);
      } catch (IOException e) {
        onExit(1, String.valueOf(e.getMessage()));
      }
    }

    private void serve(String service, Repository repository) throws IOException {
      if (service.equals("git-receive-pack")) {
        new ReceivePack(repository).receive(getInputStream(), getOutputStream(), getErrorStream());
        return;
      }
      UploadPack upload = new UploadPack(repository);
      @Nullable String protocol = getEnvironment().getEnv().get("GIT_PROTOCOL");
      if (protocol != null) {
        upload.setExtraParameters(List.of(protocol));
      }
      upload.upload(getInputStream(), getOutputStream(), getErrorStream());
    }
  }
}

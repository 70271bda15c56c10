package dev.hikkoshi.gitsync;

import dev.hikkoshi.gitsync.FetchResult.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What proves who we are to one remote, read from a folder as Kubernetes mounts a Secret. Lives for
 * one fetch or push, so that rotation needs no restart. Prints no secret.
 */
final class Credentials {

  private static final int LARGEST = 64 << 10;
  private static final Credentials NONE = new Credentials(Optional.empty());

  private final Optional<Path> folder;
  private Optional<String> username = Optional.empty();
  private Optional<String> password = Optional.empty();

  private Credentials(Optional<Path> folder) {
    this.folder = folder;
  }

  static Credentials none() {
    return NONE;
  }

  /**
   * Reads what a kind of remote needs.
   *
   * @throws Trouble naming the file that is missing, never what is in one
   */
  static Credentials read(Optional<Path> folder, RemoteUrl.Kind kind) throws Trouble {
    if (folder.isEmpty()) {
      if (kind == RemoteUrl.Kind.SSH) {
        throw trouble("ssh needs credentials: a folder with identity and known_hosts");
      }
      return NONE;
    }
    if (!Files.isDirectory(folder.get())) {
      throw trouble("the credentials folder is missing or is no folder");
    }
    Credentials credentials = new Credentials(folder);
    credentials.password = credentials.text("password");
    if (kind == RemoteUrl.Kind.HTTP) {
      credentials.username = credentials.text("username");
      credentials.require(credentials.username.isPresent(), "username");
      credentials.require(credentials.password.isPresent(), "password");
    }
    if (kind == RemoteUrl.Kind.SSH) {
      credentials.require(Files.isReadable(credentials.identity()), "identity");
      credentials.require(Files.isReadable(credentials.knownHosts()), "known_hosts");
    }
    return credentials;
  }

  Optional<String> username() {
    return username;
  }

  /** The password, or the passphrase of the private key. */
  Optional<String> password() {
    return password;
  }

  Path identity() {
    return folder.orElseThrow().resolve("identity");
  }

  Path knownHosts() {
    return folder.orElseThrow().resolve("known_hosts");
  }

  /** A text without the password, whoever put it there. */
  String redact(String text) {
    return password.filter(p -> !p.isEmpty()).map(p -> text.replace(p, "***")).orElse(text);
  }

  @Override
  public String toString() {
    return "Credentials[" + (folder.isPresent() ? "present" : "none") + "]";
  }

  private Optional<String> text(String file) throws Trouble {
    Path path = folder.orElseThrow().resolve(file);
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw trouble("the credentials file " + file + " is too large");
      }
      return Optional.of(new String(bytes, StandardCharsets.UTF_8).stripTrailing());
    } catch (IOException e) {
      throw trouble("the credentials file " + file + " cannot be read");
    }
  }

  private void require(boolean present, String file) throws Trouble {
    if (!present) {
      throw trouble("the credentials folder has no readable file " + file);
    }
  }

  private static Trouble trouble(String why) {
    return new Trouble(Cause.AUTHENTICATION, why);
  }
}

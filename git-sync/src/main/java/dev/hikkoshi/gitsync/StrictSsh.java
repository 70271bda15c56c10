package dev.hikkoshi.gitsync;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.transport.SshConfigStore;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.KeyPasswordProvider;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * ssh with the key and the known hosts of the credentials folder and nothing else: no agent, no
 * configuration file of a user, no question, no host that is not known.
 */
final class StrictSsh {

  private StrictSsh() {}

  /** Sessions for one remote; close them after use. */
  static SshdSessionFactory sessions(Credentials credentials, Path home) {
    Path knownHosts = credentials.knownHosts();
    return new SshdSessionFactoryBuilder()
        .setHomeDirectory(home.toFile())
        .setSshDirectory(home.toFile())
        .setPreferredAuthentications("publickey")
        .setConfigStoreFactory((File h, File file, String user) -> strict(knownHosts))
        .setDefaultKnownHostsFiles(ssh -> List.of(knownHosts))
        .setDefaultIdentities(ssh -> List.of(credentials.identity()))
        .setKeyPasswordProvider(provider -> new Passphrase(credentials))
        .build(null);
  }

  private static SshConfigStore strict(Path knownHosts) {
    HostOptions options =
        new HostOptions(
            Map.of(
                "StrictHostKeyChecking",
                "yes",
                "UserKnownHostsFile",
                knownHosts.toString(),
                "GlobalKnownHostsFile",
                knownHosts.toString(),
                "PreferredAuthentications",
                "publickey"));
    return new SshConfigStore() {
      @Override
      public HostConfig lookup(String host, int port, String user) {
        return options;
      }

      @Override
      public HostConfig lookupDefault(String host, int port, String user) {
        return options;
      }
    };
  }

  /** The same for each host: there is only one. */
  private record HostOptions(Map<String, String> options) implements SshConfigStore.HostConfig {

    @Override
    public @Nullable String getValue(String key) {
      return options.get(key);
    }

    @Override
    public List<String> getValues(String key) {
      String value = options.get(key);
      return value == null ? List.of() : List.of(value);
    }

    @Override
    public Map<String, String> getOptions() {
      return options;
    }

    @Override
    public Map<String, List<String>> getMultiValuedOptions() {
      return Map.of();
    }
  }

  /** One attempt with the file {@code password}. */
  private record Passphrase(Credentials credentials) implements KeyPasswordProvider {

    @Override
    public char @Nullable [] getPassphrase(URIish key, int attempt) {
      return attempt == 0 ? credentials.password().map(String::toCharArray).orElse(null) : null;
    }

    @Override
    public void setAttempts(int attempts) {}

    @Override
    public boolean keyLoaded(URIish key, int attempt, @Nullable Exception error) {
      return false; // never again: the answer would be the same
    }
  }
}

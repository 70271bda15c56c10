package dev.hikkoshi.sandbox.sts;

import dev.hikkoshi.sandbox.aws.AwsRequest.Principal;
import dev.hikkoshi.sandbox.aws.Identities;
import dev.hikkoshi.sandbox.iam.Roles;
import dev.hikkoshi.sandbox.state.StateStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The access keys of the account: one of the user {@code operator}, one lasting session of the role
 * {@code hikkoshi}, and the sessions that STS hands out. Kept, so that a client's credentials
 * outlive a restart.
 */
public final class AccessKeys implements Identities {

  private static final String DOCUMENT = "sts/access-keys";
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  /** Sessions that are kept; the oldest go first. */
  private static final int MOST = 1_000;

  private final StateStore state;
  private final InstantSource clock;
  private final String accountId;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Identity> keys = new LinkedHashMap<>();

  /** The keys as they are kept. */
  record Kept(List<Identity> keys) {}

  /** Takes up the keys that were kept, or makes the first two. */
  public AccessKeys(StateStore state, InstantSource clock, String accountId, Roles roles) {
    this.state = state;
    this.clock = clock;
    this.accountId = accountId;
    Optional<Kept> kept = state.read(DOCUMENT, Kept.class);
    if (kept.isPresent()) {
      kept.get().keys().forEach(key -> keys.put(key.accessKeyId(), key));
      return;
    }
    String user = "arn:aws:iam::" + accountId + ":user/operator";
    Principal operator = new Principal(user, "AIDASANDBOXOPERATOR01");
    Roles.Role hikkoshi = roles.byName("hikkoshi").orElseThrow();
    add(new Identity(letters("AKIA", 16), secret(30), null, operator, 0));
    add(
        new Identity(
            letters("ASIA", 16), secret(30), secret(120), session(hikkoshi, "sandbox"), 0));
  }

  /** The user {@code operator}: a person; the default profile of the credentials file. */
  public Identity operator() {
    return lasting("AKIA");
  }

  /** The lasting session of the role {@code hikkoshi}. */
  public Identity hikkoshi() {
    return lasting("ASIA");
  }

  /** Makes a session of a role. */
  public Identity assume(Roles.Role role, String sessionName, Duration duration) {
    long expires = clock.instant().plus(duration).getEpochSecond();
    return add(
        new Identity(
            letters("ASIA", 16), secret(30), secret(120), session(role, sessionName), expires));
  }

  @Override
  public synchronized Optional<Identity> byAccessKey(String accessKeyId) {
    return Optional.ofNullable(keys.get(accessKeyId));
  }

  private synchronized Identity lasting(String prefix) {
    return keys.values().stream()
        .filter(key -> key.expiresAt() == 0 && key.accessKeyId().startsWith(prefix))
        .findFirst()
        .orElseThrow();
  }

  private synchronized Identity add(Identity identity) {
    keys.put(identity.accessKeyId(), identity);
    if (keys.size() > MOST) {
      keys.values().stream()
          .filter(key -> key.expiresAt() > 0)
          .findFirst()
          .ifPresent(oldest -> keys.remove(oldest.accessKeyId()));
    }
    state.write(DOCUMENT, new Kept(new ArrayList<>(keys.values())));
    return identity;
  }

  private Principal session(Roles.Role role, String sessionName) {
    return new Principal(
        "arn:aws:sts::%s:assumed-role/%s/%s".formatted(accountId, role.name(), sessionName),
        role.id() + ":" + sessionName);
  }

  private String letters(String prefix, int count) {
    StringBuilder out = new StringBuilder(prefix);
    for (int i = 0; i < count; i++) {
      out.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return out.toString();
  }

  private String secret(int bytes) {
    byte[] raw = new byte[bytes];
    random.nextBytes(raw);
    return Base64.getEncoder().withoutPadding().encodeToString(raw);
  }
}

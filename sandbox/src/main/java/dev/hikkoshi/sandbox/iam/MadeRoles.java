package dev.hikkoshi.sandbox.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.iam.Roles.Role;
import dev.hikkoshi.sandbox.state.StateStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Roles that people make: names, trust policies and their quota as IAM has them. */
final class MadeRoles {

  private static final String KEY = "iam/roles";
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,64}");

  /** Characters of a trust policy without white space (IAM quotas, role trust policy length). */
  private static final int LONGEST_TRUST = 2048;

  private final Roles roles;
  private final StateStore state;
  private final InstantSource clock;
  private final String accountId;
  private final Set<String> seeded;

  /** Made roles as they are kept. */
  record Kept(List<Role> roles) {}

  MadeRoles(Roles roles, StateStore state, InstantSource clock, String accountId) {
    this.roles = roles;
    this.state = state;
    this.clock = clock;
    this.accountId = accountId;
    this.seeded = new TreeSet<>(roles.all().stream().map(Role::name).toList());
    state.read(KEY, Kept.class).ifPresent(kept -> kept.roles().forEach(roles::put));
  }

  Role create(String name, String trust) {
    if (!NAME.matcher(name).matches()) {
      throw new AwsException(
          400,
          "ValidationError",
          "The specified value for roleName is invalid. It must contain only alphanumeric"
              + " characters and/or the following: +=,.@_-");
    }
    if (roles.byName(name).isPresent()) {
      throw new AwsException(
          409, "EntityAlreadyExists", "Role with name " + name + " already exists.");
    }
    Role role =
        new Role(
            name,
            "arn:aws:iam::%s:role/%s".formatted(accountId, name),
            "AROASANDBOX%010d".formatted(roles.all().size()),
            checked(trust),
            clock.instant());
    keep(role);
    return role;
  }

  void trust(Role role, String trust) {
    keep(new Role(role.name(), role.arn(), role.id(), checked(trust), role.createdAt()));
  }

  void delete(Role role) {
    if (seeded.contains(role.name())) {
      throw new AwsException(
          409, "DeleteConflict", "The sandbox needs the role " + role.name() + " itself.");
    }
    roles.remove(role.name());
    write();
  }

  private void keep(Role role) {
    roles.put(role);
    write();
  }

  private void write() {
    state.write(
        KEY, new Kept(roles.all().stream().filter(role -> !seeded.contains(role.name())).toList()));
  }

  private static String checked(String trust) {
    JsonNode policy = json(trust);
    if (!policy.path("Statement").isArray() && !policy.path("Statement").isObject()) {
      throw malformed("Syntax errors in policy.");
    }
    for (JsonNode statement : policy.path("Statement")) {
      if (policy.path("Statement").isArray() && !statement.has("Principal")) {
        throw malformed("AssumeRole policy must contain principals.");
      }
    }
    if (policy.toString().length() > LONGEST_TRUST) {
      throw new AwsException(
          409, "LimitExceeded", "Cannot exceed quota for ACLSizePerRole: " + LONGEST_TRUST);
    }
    return policy.toString();
  }

  private static JsonNode json(String trust) {
    try {
      return new ObjectMapper().readTree(trust);
    } catch (JsonProcessingException _) {
      throw malformed("This policy contains invalid Json");
    }
  }

  private static AwsException malformed(String message) {
    return new AwsException(400, "MalformedPolicyDocument", message);
  }
}

package dev.hikkoshi.sandbox.sts;

import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.AwsRequest;
import dev.hikkoshi.sandbox.aws.AwsResponse;
import dev.hikkoshi.sandbox.aws.AwsService;
import dev.hikkoshi.sandbox.aws.Form;
import dev.hikkoshi.sandbox.aws.Identities.Identity;
import dev.hikkoshi.sandbox.aws.QueryProtocol;
import dev.hikkoshi.sandbox.iam.Roles;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/** STS: who am I, and be somebody else. */
public final class StsService implements AwsService {

  private static final QueryProtocol PROTOCOL =
      new QueryProtocol("https://sts.amazonaws.com/doc/2011-06-15/", "2011-06-15");
  private static final Set<String> OPERATIONS = Set.of("GetCallerIdentity", "AssumeRole");
  private static final Pattern SESSION = Pattern.compile("[\\w+=,.@-]{2,64}");
  private static final int SHORTEST = 900;
  private static final int LONGEST = 3600;

  private final AccessKeys keys;
  private final Roles roles;
  private final String accountId;

  /** Hands out sessions of these roles. */
  public StsService(AccessKeys keys, Roles roles, String accountId) {
    this.keys = keys;
    this.roles = roles;
    this.accountId = accountId;
  }

  @Override
  public String signingName() {
    return "sts";
  }

  @Override
  public String operation(AwsRequest request) {
    return PROTOCOL.operation(request, OPERATIONS);
  }

  @Override
  public AwsResponse handle(AwsRequest request, String operation) {
    return switch (operation) {
      case "GetCallerIdentity" ->
          PROTOCOL.answer(
              request,
              operation,
              r ->
                  r.text("Arn", request.principal().arn())
                      .text("UserId", request.principal().userId())
                      .text("Account", accountId));
      case "AssumeRole" -> assume(request, operation);
      default -> throw new IllegalStateException(operation);
    };
  }

  private AwsResponse assume(AwsRequest request, String operation) {
    Form form = Form.of(request);
    String arn = form.need("RoleArn");
    String session = form.need("RoleSessionName");
    int seconds = form.number("DurationSeconds").orElse(LONGEST);
    if (!SESSION.matcher(session).matches()) {
      throw new AwsException(
          400,
          "ValidationError",
          "1 validation error detected: Value '%s' at 'roleSessionName' failed to satisfy constraint:"
                  .formatted(session)
              + " Member must satisfy regular expression pattern: [\\w+=,.@-]*");
    }
    if (seconds < SHORTEST || seconds > LONGEST) {
      throw new AwsException(
          400,
          "ValidationError",
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    Roles.Role role =
        roles
            .byArn(arn)
            .filter(r -> r.trustPolicy().contains("\"AWS\""))
            .orElseThrow(
                () ->
                    new AwsException(
                        403,
                        "AccessDenied",
                        "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                            .formatted(request.principal().arn(), arn)));
    Identity made = keys.assume(role, session, Duration.ofSeconds(seconds));
    return PROTOCOL.answer(
        request,
        operation,
        r ->
            r.element(
                    "AssumedRoleUser",
                    u ->
                        u.text("AssumedRoleId", made.principal().userId())
                            .text("Arn", made.principal().arn()))
                .element(
                    "Credentials",
                    c ->
                        c.text("AccessKeyId", made.accessKeyId())
                            .text("SecretAccessKey", made.secretKey())
                            .text("SessionToken", made.sessionToken())
                            .text("Expiration", Instant.ofEpochSecond(made.expiresAt()))));
  }

  @Override
  public AwsResponse error(AwsRequest request, AwsException error) {
    return PROTOCOL.error(request, error);
  }
}

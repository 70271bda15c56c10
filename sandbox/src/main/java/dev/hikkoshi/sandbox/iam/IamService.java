package dev.hikkoshi.sandbox.iam;

import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.AwsRequest;
import dev.hikkoshi.sandbox.aws.AwsResponse;
import dev.hikkoshi.sandbox.aws.AwsService;
import dev.hikkoshi.sandbox.aws.Form;
import dev.hikkoshi.sandbox.aws.QueryProtocol;
import dev.hikkoshi.sandbox.aws.Xml;
import dev.hikkoshi.sandbox.quotas.ServiceQuota;
import dev.hikkoshi.sandbox.state.StateStore;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** IAM as far as clusters need it: roles and OIDC providers are read, come and go. */
public final class IamService implements AwsService {

  private static final QueryProtocol PROTOCOL =
      new QueryProtocol("https://iam.amazonaws.com/doc/2010-05-08/", "2010-05-08");
  private static final Set<String> OPERATIONS =
      Set.of(
          "GetRole",
          "ListRoles",
          "CreateRole",
          "UpdateAssumeRolePolicy",
          "DeleteRole",
          "ListOpenIDConnectProviders",
          "GetOpenIDConnectProvider",
          "CreateOpenIDConnectProvider",
          "DeleteOpenIDConnectProvider");
  private static final String PROVIDERS = "iam/oidc-providers";

  private static final int MOST_PROVIDERS = ServiceQuota.PROVIDERS.value();

  private final Roles roles;
  private final MadeRoles made;
  private final StateStore state;
  private final InstantSource clock;
  private final String accountId;
  private final Map<String, Provider> providers;

  /** An OIDC provider as it is kept. */
  record Provider(
      String arn, String url, List<String> clientIds, List<String> thumbprints, Instant at) {}

  /** All providers as they are kept. */
  record Providers(List<Provider> providers) {}

  /** Takes up the providers that were kept. */
  public IamService(Roles roles, StateStore state, InstantSource clock, String accountId) {
    this.roles = roles;
    this.made = new MadeRoles(roles, state, clock, accountId);
    this.state = state;
    this.clock = clock;
    this.accountId = accountId;
    providers = new TreeMap<>();
    state
        .read(PROVIDERS, Providers.class)
        .ifPresent(kept -> kept.providers().forEach(p -> providers.put(p.arn(), p)));
  }

  @Override
  public String signingName() {
    return "iam";
  }

  @Override
  public String operation(AwsRequest request) {
    return PROTOCOL.operation(request, OPERATIONS);
  }

  @Override
  public synchronized AwsResponse handle(AwsRequest request, String operation) {
    Form form = Form.of(request);
    return switch (operation) {
      case "GetRole" -> {
        Roles.Role role = role(form.need("RoleName"));
        yield PROTOCOL.answer(request, operation, r -> r.element("Role", x -> write(x, role)));
      }
      case "CreateRole" -> {
        Roles.Role role = made.create(form.need("RoleName"), form.need("AssumeRolePolicyDocument"));
        yield PROTOCOL.answer(request, operation, r -> r.element("Role", x -> write(x, role)));
      }
      case "UpdateAssumeRolePolicy" -> {
        made.trust(role(form.need("RoleName")), form.need("PolicyDocument"));
        yield PROTOCOL.answer(request, operation, r -> {});
      }
      case "DeleteRole" -> {
        made.delete(role(form.need("RoleName")));
        yield PROTOCOL.answer(request, operation, r -> {});
      }
      case "ListRoles" ->
          PROTOCOL.answer(
              request,
              operation,
              r ->
                  r.list("Roles", "member", roles.all(), IamService::write)
                      .text("IsTruncated", false));
      case "ListOpenIDConnectProviders" ->
          PROTOCOL.answer(
              request,
              operation,
              r ->
                  r.list(
                      "OpenIDConnectProviderList",
                      "member",
                      providers.values(),
                      (x, p) -> x.text("Arn", p.arn())));
      case "GetOpenIDConnectProvider" -> {
        Provider p = provider(form.need("OpenIDConnectProviderArn"));
        yield PROTOCOL.answer(request, operation, r -> write(r, p));
      }
      case "CreateOpenIDConnectProvider" -> {
        Provider made = create(form);
        yield PROTOCOL.answer(
            request, operation, r -> r.text("OpenIDConnectProviderArn", made.arn()));
      }
      case "DeleteOpenIDConnectProvider" -> {
        String arn = provider(form.need("OpenIDConnectProviderArn")).arn();
        providers.remove(arn);
        keep();
        yield PROTOCOL.answer(request, operation, r -> {});
      }
      default -> throw new IllegalStateException(operation);
    };
  }

  private Provider create(Form form) {
    String url = form.need("Url");
    URI uri = URI.create(url);
    if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new AwsException(400, "ValidationError", "Invalid Open ID Connect Provider URL");
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String arn =
        "arn:aws:iam::%s:oidc-provider/%s%s".formatted(accountId, uri.getAuthority(), path);
    if (providers.containsKey(arn)) {
      throw new AwsException(
          409, "EntityAlreadyExists", "Provider with url " + url + " already exists.");
    }
    if (providers.size() >= MOST_PROVIDERS) {
      throw new AwsException(
          409,
          "LimitExceeded",
          "Cannot exceed quota for OpenIdConnectProvidersPerAccount: " + MOST_PROVIDERS);
    }
    Provider provider =
        new Provider(
            arn,
            url.substring("https://".length()),
            form.list("ClientIDList.member"),
            form.list("ThumbprintList.member"),
            clock.instant());
    providers.put(arn, provider);
    keep();
    return provider;
  }

  private void keep() {
    state.write(PROVIDERS, new Providers(List.copyOf(providers.values())));
  }

  private Roles.Role role(String name) {
    return roles
        .byName(name)
        .orElseThrow(
            () ->
                new AwsException(
                    404, "NoSuchEntity", "The role with name " + name + " cannot be found."));
  }

  private Provider provider(String arn) {
    Provider provider = providers.get(arn);
    if (provider == null) {
      throw new AwsException(
          404, "NoSuchEntity", "OpenIDConnect Provider not found for arn " + arn);
    }
    return provider;
  }

  private static void write(Xml xml, Roles.Role role) {
    xml.text("Path", "/")
        .text("RoleName", role.name())
        .text("RoleId", role.id())
        .text("Arn", role.arn())
        .text("CreateDate", role.createdAt())
        .text(
            "AssumeRolePolicyDocument",
            URLEncoder.encode(role.trustPolicy(), StandardCharsets.UTF_8))
        .text("MaxSessionDuration", 3600);
  }

  private static void write(Xml xml, Provider provider) {
    xml.text("Url", provider.url())
        .texts("ClientIDList", "member", provider.clientIds())
        .texts("ThumbprintList", "member", provider.thumbprints())
        .text("CreateDate", provider.at());
  }

  @Override
  public AwsResponse error(AwsRequest request, AwsException error) {
    return PROTOCOL.error(request, error);
  }
}

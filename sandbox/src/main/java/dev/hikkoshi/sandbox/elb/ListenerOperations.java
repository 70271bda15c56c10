package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.Form;
import java.util.List;
import java.util.Optional;

/** Operations on listeners. */
final class ListenerOperations {

  private static final int MOST = 50;
  private static final String POLICY = "ELBSecurityPolicy-2016-08";

  private ListenerOperations() {}

  static Outcome create(Surroundings around, ElbState state, Form form) {
    LoadBalancer balancer = Refusal.balancer(state, Refusal.need(form, "LoadBalancerArn"));
    Refusal.need(form, "Protocol");
    Refusal.need(form, "Port");
    String arn = around.names().listener(balancer.arn());
    Listener fresh =
        new Listener(
            arn,
            balancer.arn(),
            Refusal.number(form, "Port", 0, 1, 65_535),
            protocol(form, ""),
            "",
            List.of(),
            around.names().rule(arn),
            ActionReader.read(state, balancer.arn(), form, "DefaultActions"),
            TagSet.read(form));
    fresh = secured(fresh, form);
    List<Listener> beside = state.listenersOf(balancer.arn());
    portIsFree(beside, fresh);
    if (beside.size() >= MOST) {
      throw new AwsException(
          400, "TooManyListeners", "The maximum number of listeners has been reached");
    }
    return described(state.with(fresh), fresh);
  }

  private static String protocol(Form form, String usual) {
    String protocol = form.one("Protocol").orElse(usual);
    if (!protocol.equals("HTTP") && !protocol.equals("HTTPS")) {
      throw Refusal.invalid(
          "Listener protocol '%s' must be one of 'HTTPS, HTTP'".formatted(protocol));
    }
    return protocol;
  }

  private static Listener secured(Listener listener, Form form) {
    List<String> sent =
        form.structures("Certificates.member").stream()
            .map(certificate -> Refusal.need(certificate, "CertificateArn"))
            .toList();
    List<String> certificates = sent.isEmpty() ? listener.certificates() : sent;
    String policy =
        form.one("SslPolicy")
            .orElse(listener.sslPolicy().isEmpty() ? POLICY : listener.sslPolicy());
    if (!listener.tls()) {
      if (!sent.isEmpty() || form.one("SslPolicy").isPresent()) {
        throw Refusal.configuration(
            "Certificates and security policies cannot be specified for HTTP listeners");
      }
      return with(listener, "", List.of());
    }
    if (certificates.isEmpty()) {
      throw Refusal.invalid("A certificate must be specified for HTTPS listeners");
    }
    if (certificates.size() > 1) {
      throw new AwsException(
          400, "TooManyCertificates", "Exactly one certificate must be specified");
    }
    if (!certificates.getFirst().matches("arn:aws:(acm|iam):.*")) {
      throw new AwsException(
          400,
          "CertificateNotFound",
          "Certificate ARN '%s' is not valid".formatted(certificates.getFirst()));
    }
    if (!policy.startsWith("ELBSecurityPolicy-")) {
      throw new AwsException(400, "SSLPolicyNotFound", "SSL policy '" + policy + "' not found");
    }
    return with(listener, policy, certificates);
  }

  private static Listener with(Listener listener, String policy, List<String> certificates) {
    return new Listener(
        listener.arn(),
        listener.loadBalancerArn(),
        listener.port(),
        listener.protocol(),
        policy,
        certificates,
        listener.defaultRuleArn(),
        listener.defaultActions(),
        listener.tags());
  }

  private static void portIsFree(List<Listener> beside, Listener listener) {
    boolean taken =
        beside.stream()
            .anyMatch(o -> o.port() == listener.port() && !o.arn().equals(listener.arn()));
    if (taken) {
      throw new AwsException(
          400,
          "DuplicateListener",
          "A listener already exists on this port for this load balancer '%s'"
              .formatted(listener.loadBalancerArn()));
    }
  }

  /** What is not sent stays; actions that are sent replace all ("ModifyListener"). */
  static Outcome modify(Surroundings around, ElbState state, Form form) {
    Listener old = Refusal.listener(state, Refusal.need(form, "ListenerArn"));
    boolean actions = !form.structures("DefaultActions.member").isEmpty();
    Listener next =
        new Listener(
            old.arn(),
            old.loadBalancerArn(),
            Refusal.number(form, "Port", old.port(), 1, 65_535),
            protocol(form, old.protocol()),
            old.sslPolicy(),
            old.certificates(),
            old.defaultRuleArn(),
            actions
                ? ActionReader.read(state, old.loadBalancerArn(), form, "DefaultActions")
                : old.defaultActions(),
            old.tags());
    next = secured(next, form);
    portIsFree(state.listenersOf(old.loadBalancerArn()), next);
    return described(state.with(next), next);
  }

  static Outcome describe(Surroundings around, ElbState state, Form form) {
    Optional<String> balancer = form.one("LoadBalancerArn");
    List<String> arns = form.list("ListenerArns.member");
    if (balancer.isPresent() == !arns.isEmpty()) {
      throw Refusal.invalid("You must specify either listener ARNs or a load balancer ARN");
    }
    List<Listener> chosen =
        balancer
            .map(arn -> state.listenersOf(Refusal.balancer(state, arn).arn()))
            .orElseGet(() -> arns.stream().map(arn -> Refusal.listener(state, arn)).toList());
    return new Outcome(
        state,
        xml -> Pages.write(xml, form, "Listeners", chosen, Listener::arn, ElbShapes::listener));
  }

  static Outcome delete(Surroundings around, ElbState state, Form form) {
    Listener listener = Refusal.listener(state, Refusal.need(form, "ListenerArn"));
    return Outcome.nothing(state.withoutListener(listener.arn()));
  }

  static Outcome certificates(Surroundings around, ElbState state, Form form) {
    Listener listener = Refusal.listener(state, Refusal.need(form, "ListenerArn"));
    return new Outcome(
        state,
        xml ->
            Pages.write(
                xml,
                form,
                "Certificates",
                listener.certificates(),
                arn -> arn,
                (c, arn) ->
                    c.text("CertificateArn", arn)
                        .text("IsDefault", arn.equals(listener.certificates().getFirst()))));
  }

  private static Outcome described(ElbState state, Listener listener) {
    return new Outcome(
        state, xml -> xml.list("Listeners", "member", List.of(listener), ElbShapes::listener));
  }
}

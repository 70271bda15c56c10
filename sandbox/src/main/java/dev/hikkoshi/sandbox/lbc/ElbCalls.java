package dev.hikkoshi.sandbox.lbc;

import dev.hikkoshi.sandbox.aws.AwsRequest;
import dev.hikkoshi.sandbox.aws.InsideCalls;
import dev.hikkoshi.sandbox.elb.Action;
import dev.hikkoshi.sandbox.elb.Condition;
import dev.hikkoshi.sandbox.elb.Elb;
import dev.hikkoshi.sandbox.elb.ElbState;
import dev.hikkoshi.sandbox.elb.TargetGroup;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The controller's calls of ELBv2. What exists is read in this process; every change is a call like
 * any other client's, with its place in the call log.
 */
final class ElbCalls {

  private static final String SERVICE = "elasticloadbalancing";

  private final Elb elb;
  private final InsideCalls calls;
  private final AwsRequest.Principal principal;

  ElbCalls(Elb elb, InsideCalls calls, AwsRequest.Principal principal) {
    this.elb = elb;
    this.calls = calls;
    this.principal = principal;
  }

  ElbState state() {
    return elb.state();
  }

  /** The parameters of one call. */
  final class Call {
    private final Map<String, String> parameters = new LinkedHashMap<>();

    private Call(String operation) {
      parameters.put("Action", operation);
      parameters.put("Version", "2015-12-01");
    }

    Call with(String name, Object value) {
      parameters.put(name, String.valueOf(value));
      return this;
    }

    Call with(Map<String, String> more) {
      parameters.putAll(more);
      return this;
    }

    Call list(String name, List<String> values) {
      for (int i = 0; i < values.size(); i++) {
        parameters.put("%s.member.%d".formatted(name, i + 1), values.get(i));
      }
      return this;
    }

    Call pairs(String name, Map<String, String> pairs) {
      int i = 1;
      for (var pair : pairs.entrySet()) {
        parameters.put("%s.member.%d.Key".formatted(name, i), pair.getKey());
        parameters.put("%s.member.%d.Value".formatted(name, i++), pair.getValue());
      }
      return this;
    }

    Call certificates(List<String> arns) {
      for (int i = 0; i < arns.size(); i++) {
        parameters.put("Certificates.member.%d.CertificateArn".formatted(i + 1), arns.get(i));
      }
      return this;
    }

    Call targets(Collection<TargetGroup.Address> targets) {
      int i = 1;
      for (TargetGroup.Address target : targets) {
        parameters.put("Targets.member.%d.Id".formatted(i), target.ip());
        parameters.put("Targets.member.%d.Port".formatted(i++), "" + target.port());
      }
      return this;
    }

    /** The one action of a rule, or of a listener's default rule. */
    Call action(String prefix, Action action) {
      String at = prefix + ".member.1.";
      switch (action) {
        case Action.Forward forward ->
            with(at + "Type", "forward")
                .with(at + "TargetGroupArn", forward.groups().getFirst().groupArn());
        case Action.FixedResponse fixed ->
            with(at + "Type", "fixed-response")
                .with(at + "FixedResponseConfig.StatusCode", fixed.status())
                .with(at + "FixedResponseConfig.ContentType", fixed.contentType());
        case Action.Redirect _ -> throw new IllegalArgumentException("redirects are not played");
      }
      return this;
    }

    Call conditions(List<Condition> conditions) {
      for (int i = 0; i < conditions.size(); i++) {
        String at = "Conditions.member.%d.".formatted(i + 1);
        Condition condition = conditions.get(i);
        with(at + "Field", condition.field());
        String config =
            condition.field().equals("host-header") ? "HostHeaderConfig" : "PathPatternConfig";
        list(at + config + ".Values", condition.values());
      }
      return this;
    }

    /** Calls. */
    void send() {
      calls.call(principal, SERVICE, parameters);
    }
  }

  Call call(String operation) {
    return new Call(operation);
  }
}

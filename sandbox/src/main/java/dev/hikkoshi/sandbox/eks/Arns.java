package dev.hikkoshi.sandbox.eks;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ARNs of EKS's things, and what ARNs of people mean. */
record Arns(String region, String accountId) {

  private static final Pattern SESSION =
      Pattern.compile("arn:aws:sts::(\\d{12}):assumed-role/([^/]+)/(.+)");

  String cluster(String name) {
    return prefix() + "cluster/" + name;
  }

  String nodegroup(String cluster, String name) {
    return prefix() + "nodegroup/" + cluster + "/" + name + "/" + UUID.randomUUID();
  }

  String addon(String cluster, String name) {
    return prefix() + "addon/" + cluster + "/" + name + "/" + UUID.randomUUID();
  }

  String accessEntry(String cluster, String principalArn) {
    String[] parts = principalArn.split(":", -1);
    String who = parts[parts.length - 1];
    return prefix()
        + "access-entry/%s/%s/%s/%s".formatted(cluster, who.split("/", 2)[0], accountId, rest(who))
        + "/"
        + UUID.randomUUID();
  }

  String podIdentity(String cluster, String id) {
    return prefix() + "podidentityassociation/" + cluster + "/" + id;
  }

  private static String rest(String who) {
    int slash = who.indexOf('/');
    return slash < 0 ? who : who.substring(slash + 1);
  }

  private String prefix() {
    return "arn:aws:eks:" + region + ":" + accountId + ":";
  }

  /** The role of a session; everybody else as is. */
  static String iam(String principalArn) {
    Matcher session = SESSION.matcher(principalArn);
    return session.matches()
        ? "arn:aws:iam::" + session.group(1) + ":role/" + session.group(2)
        : principalArn;
  }

  /** The session's name; empty for everybody else. */
  static String sessionName(String principalArn) {
    Matcher session = SESSION.matcher(principalArn);
    return session.matches() ? session.group(3) : "";
  }

  /** The name EKS gives to the user of an access entry that names none. */
  static String username(String iamArn) {
    int role = iamArn.indexOf(":role/");
    if (role < 0) {
      return iamArn;
    }
    String account = iamArn.split(":", -1)[4];
    String name = iamArn.substring(iamArn.lastIndexOf('/') + 1);
    return "arn:aws:sts::" + account + ":assumed-role/" + name + "/{{SessionName}}";
  }
}

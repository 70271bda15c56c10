package dev.hikkoshi.cli.command;

import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.cli.output.Words;
import dev.hikkoshi.clusters.record.Authors;
import dev.hikkoshi.clusters.rights.IamPolicy;
import dev.hikkoshi.clusters.rights.KubeRights;
import dev.hikkoshi.environments.desired.Desired.Mode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The least rights that a mode needs, as policies to apply. */
@Command(
    name = "rights",
    header = "Print the least rights that a mode needs.",
    description = "Print the least rights that a mode needs: an IAM policy, or Kubernetes roles.",
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi rights iam observe                  the controller's role, first four weeks",
      "  hikkoshi rights iam act --account 111122223333 --region ap-northeast-1",
      "  hikkoshi rights traffic act                  a role in the account of zones and ALBs",
      "  hikkoshi rights cluster act | kubectl apply -f -",
      "  hikkoshi rights management | kubectl apply -f -",
      "  hikkoshi rights people | kubectl apply -f -  who gives orders, and that authors are proven",
      ""
    })
public final class RightsCommand extends Subcommand {

  /** What the rights are for. */
  enum Kind {
    IAM,
    TRAFFIC,
    CLUSTER,
    MANAGEMENT,
    PEOPLE
  }

  /** Reads a kind. */
  static final class KindWord extends Words<Kind> {
    KindWord() {
      super(Kind.class);
    }
  }

  /** Reads a mode. */
  static final class ModeWord extends Words<Mode> {
    ModeWord() {
      super(Mode.class);
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      converter = KindWord.class,
      description = "iam, traffic, cluster, management or people.")
  private Kind kind = Kind.IAM;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "MODE",
      converter = ModeWord.class,
      defaultValue = "act",
      description = "observe, plan or act (default: act); management and people have one for all.")
  private Mode mode = Mode.ACT;

  @Option(names = "--account", paramLabel = "ID", description = "Bounds an IAM policy to it.")
  private String account = "*";

  @Option(names = "--region", paramLabel = "NAME", description = "Bounds an IAM policy to it.")
  private String region = "*";

  @Option(
      names = "--role",
      paramLabel = "ARN",
      description = "A role that routes name; repeatable.")
  private List<String> roles = new ArrayList<>();

  @Option(
      names = "--key",
      paramLabel = "ARN",
      description = "A KMS key that a cluster file names (secretsEncryption); repeatable.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--launch-template",
      paramLabel = "ID",
      description = "A launch template that a cluster file names; repeatable.")
  private List<String> templates = new ArrayList<>();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Where the controller keeps its objects (default: hikkoshi).")
  private String namespace = "hikkoshi";

  @Override
  Exit run() {
    IamPolicy.Place place = new IamPolicy.Place(region, account, roles, keys, templates);
    String text =
        switch (kind) {
          case IAM -> IamPolicy.controller(mode, place);
          case TRAFFIC -> IamPolicy.traffic(mode, place);
          case CLUSTER -> KubeRights.target(mode);
          case MANAGEMENT -> KubeRights.management(namespace);
          case PEOPLE -> KubeRights.people(namespace) + "---\n" + Authors.policy();
        };
    print(format().data() ? Documents.same(format(), text).stripTrailing() : text.stripTrailing());
    return Exit.OK;
  }
}

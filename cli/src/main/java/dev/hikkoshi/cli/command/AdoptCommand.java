package dev.hikkoshi.cli.command;

import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.adopt.Adopting;
import dev.hikkoshi.cli.adopt.AdoptionReport;
import dev.hikkoshi.cli.adopt.Survey;
import dev.hikkoshi.cli.adopt.Surveyor;
import dev.hikkoshi.cli.apps.Worker;
import dev.hikkoshi.cli.folder.NewFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A cluster that is there becomes an environment's first cluster, on paper. */
@Command(
    name = "adopt",
    header = "Make an environment's folder for an EKS cluster that is there. Only reads.",
    description = {
      "Make an environment's folder for an EKS cluster that Hikkoshi did not build. Reads EKS, the cluster,",
      "Route 53 and ELB with your credentials; writes cluster.yaml and environment.yaml, and nothing else",
      "anywhere. Says for each release and each route what would be managed, what differs and what stands",
      "in the way.",
      "Exit code 1 when something is left to be done by hand, 5 when something could not be seen.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi adopt legacy --name shop --helmfile helmfile.yaml",
      "  hikkoshi adopt legacy --name shop --folder envs/shop --region ap-northeast-1",
      "  hikkoshi adopt legacy --name shop --helmfile helmfile.yaml -e production \\",
      "      --role arn:aws:iam::111122223333:role/traffic -o json",
      ""
    })
public final class AdoptCommand extends Subcommand {

  @Parameters(arity = "1", paramLabel = "CLUSTER", description = "Name of the EKS cluster.")
  private String cluster = "";

  @Option(
      names = "--name",
      required = true,
      paramLabel = "ENV",
      description = "Name of the environment.")
  private String name = "";

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "The folder to make (default: ENV, in this folder).")
  private @Nullable Path into;

  @Option(
      names = "--helmfile",
      paramLabel = "FILE",
      description = "The helmfile of its releases; without one releases stay as they are.")
  private @Nullable Path helmfile;

  @Option(
      names = {"-e", "--environment"},
      paramLabel = "NAME",
      description = "helmfile's environment (default: default).")
  private @Nullable String environment;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Where the cluster is (default: as every AWS tool is configured).")
  private @Nullable String region;

  @Option(
      names = "--role",
      paramLabel = "ARN",
      description = "Role that zones and load balancers are read with too; repeatable.")
  private List<String> roles = List.of();

  @Option(names = "--force", description = "Write over files that are there.")
  private boolean force;

  @Override
  Exit run() {
    Path started = session().folder();
    NewFolder folder =
        new NewFolder(
            started,
            started.resolve(Optional.ofNullable(into).orElse(Path.of(name))).normalize(),
            Optional.ofNullable(helmfile).map(file -> started.resolve(file).normalize()));
    if (!force) {
      folder.mustBeNew();
    }
    AdoptionReport report;
    try (Surveyor surveyor = Surveyor.open(Optional.ofNullable(region), roles);
        Worker worker = new Worker(session())) {
      session().say("asking AWS in %s about %s".formatted(surveyor.region(), cluster));
      Survey survey = surveyor.look(cluster);
      Adopting adopting = new Adopting(name, folder, survey, worker);
      report = adopting.prepare(Optional.ofNullable(environment), surveyor);
      folder.write(adopting.files(), force);
    }
    AdoptText text = new AdoptText(report, paint());
    switch (format()) {
      case JSON, YAML -> print(text.document());
      case NAME -> print(text.names());
      case TABLE, WIDE -> print(text.lines());
    }
    if (report.byHand()) {
      return Exit.ERROR;
    }
    return report.unseen().isEmpty() ? Exit.OK : Exit.UNREADABLE;
  }
}

package dev.hikkoshi.demo.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.demo.stage.EnvironmentsRepository.Edit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A commit that must not be followed, or must do no harm.
 *
 * @param subject of the commit
 * @param edit what it does
 * @param told occurs in what status has to say: what is wrong, and where
 */
record BadCommit(String subject, Edit edit, Pattern told) {

  /** All of them. */
  static List<BadCommit> all() {
    return List.of(
        new BadCommit(
            "Break environment.yaml",
            Text.replace("shop/environment.yaml", "routes: together", "routes: [together"),
            Pattern.compile("shop/environment\\.yaml:\\d+:\\d+: .+")),
        new BadCommit(
            "A key that is not known",
            Text.replace("shop/environment.yaml", "  soak:", "  soaks:"),
            Pattern.compile("shop/environment\\.yaml:\\d+:\\d+: .*soaks.*")),
        new BadCommit(
            "A link out of the repository",
            BadCommit::linkOut,
            Pattern.compile("shop/\\S+(:\\d+:\\d+)?: .*(link|outside|production\\.yaml).*")),
        new BadCommit(
            "A chart that does not render",
            Text.replace(
                "shop/charts/web/templates/configmap.yaml",
                ".Values.greeting",
                ".Values.no.such.value"),
            Pattern.compile(".*templates/configmap\\.yaml:\\d+(:\\d+)?.*")),
        new BadCommit(
            "An image that does not exist",
            Text.replace(
                "shop/values/api.yaml.gotmpl", "sandbox.hikkoshi.dev/http", "registry.invalid/api"),
            Pattern.compile("\\S+ api/api: .*(ErrImagePull|ImagePullBackOff).*")),
        mixed());
  }

  /** A new minor and a new version of a chart in one commit. */
  private static BadCommit mixed() {
    return new BadCommit(
        "Kubernetes 1.37, and a new version of the web chart",
        Text.all(
            chartAlone(),
            Text.replace("shop/cluster.yaml", "version: \"1.36\"", "version: \"1.37\"")),
        Pattern.compile("mixed-change .*web/web.*split the commit.*"));
  }

  /** A new version of a chart, which is seen in what it renders. */
  static Edit chartAlone() {
    return Text.all(
        Text.replace("shop/charts/web/Chart.yaml", "version: 1.0.0", "version: 1.1.0"),
        Text.replace(
            "shop/charts/web/templates/service.yaml",
            "  name: web\n",
            "  name: web\n  annotations: {example.com/chart: \"{{ .Chart.Version }}\"}\n"));
  }

  private static void linkOut(Path root) throws IOException {
    Path values = root.resolve("shop/values/production.yaml");
    Files.delete(values);
    Files.createSymbolicLink(values, Path.of("../../../../etc/passwd"));
  }

  /** The line of status that says it, if there is one. */
  Optional<String> toldBy(JsonNode view) {
    return Trouble.in(view).stream().filter(line -> told.matcher(line).find()).findFirst();
  }
}

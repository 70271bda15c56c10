package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.definition.EnvironmentReader.Named;
import dev.hikkoshi.environments.desired.Inquiry;
import dev.hikkoshi.environments.desired.Inquiry.Question;
import dev.hikkoshi.environments.port.Expressions;
import dev.hikkoshi.environments.port.Expressions.Compiled;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Scalars;
import dev.hikkoshi.environments.reading.Shape;
import dev.hikkoshi.environments.reading.SourceFiles;
import dev.hikkoshi.environments.reading.Times;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Whom a check asks: a Job, a webhook, or an expression. */
final class InquiryReader {

  /** Its keys. */
  static final List<String> KEYS = List.of("job", "webhook", "cel");

  private static final Duration JOB_EVERY = Duration.ofMinutes(10);
  private static final Duration WEBHOOK_EVERY = Duration.ofMinutes(1);
  private static final Duration DEADLINE = Duration.ofMinutes(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int LONGEST = 2_000;
  private static final Type<String> NAME =
      Types.text(Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"), "a name: a-z, 0-9, -");
  private static final Pattern LOOPBACK = Pattern.compile("localhost|\\[::1]|127(\\.\\d{1,3}){3}");

  private final String folder;
  private final Function<Named, Optional<Node>> files;
  private final Expressions expressions;

  /**
   * A reader for one environment.
   *
   * @param files reads a YAML file of the tree; empty with a problem when that cannot be done
   */
  InquiryReader(String folder, Function<Named, Optional<Node>> files, Expressions expressions) {
    this.folder = folder;
    this.files = files;
    this.expressions = expressions;
  }

  /** One that knows neither files nor expressions, for the shape of a definition. */
  static InquiryReader described() {
    return new InquiryReader("", _ -> Optional.empty(), Expressions.none());
  }

  /** The question of a check; several are a problem, none is none. */
  Optional<Question> question(Fields fields) {
    Optional<Question> job = fields.get("job", Fields.object(this::job));
    Optional<Question> webhook = fields.get("webhook", Fields.object(InquiryReader::webhook));
    Optional<Question> cel = fields.get("cel", expression());
    List<String> given = KEYS.stream().filter(fields::has).toList();
    if (given.size() > 1) {
      fields.problem(given.getLast(), "a check asks one of them", String.join(", ", given));
    }
    return job.or(() -> webhook).or(() -> cel);
  }

  /** How old an answer may be, where nothing is said. */
  static Duration every(Question question) {
    return switch (question) {
      case Inquiry.Job _ -> JOB_EVERY;
      case Inquiry.Webhook _ -> WEBHOOK_EVERY;
      case Inquiry.Cel _ -> Duration.ZERO;
    };
  }

  private Optional<Question> job(Fields fields) {
    var namespace = fields.need("namespace", NAME, "namespace: search");
    Optional<Inquiry.Job> spec = fields.get("spec", JobSpecReader.spec());
    Optional<Inquiry.Job> file = fields.get("file", file());
    if (fields.has("spec") == fields.has("file")) {
      String hint = "file: checks/caught-up.yaml, or the spec of a batch/v1 Job";
      fields.problem("file", "one of file and spec", hint);
    }
    Duration least = Duration.ofSeconds(10);
    Duration deadline = fields.get("deadline", between(least, Duration.ofHours(24)), DEADLINE);
    return fields.make(
        () ->
            new Inquiry.Job(
                namespace.orElseThrow(), spec.or(() -> file).orElseThrow().spec(), deadline));
  }

  /** A whole Job in a file beside the environment; its name and namespace are not its own. */
  private Type<Inquiry.Job> file() {
    return Types.text()
        .then(
            (text, node, problems) -> {
              Optional<String> path = SourceFiles.resolve(folder, text);
              if (path.isEmpty()) {
                problems.add(node.place(), "\"" + text + "\" leads out of the repository");
              }
              return path.flatMap(p -> files.apply(new Named(p, node.place())))
                  .flatMap(root -> JobSpecReader.whole(root, problems));
            });
  }

  private static Optional<Question> webhook(Fields fields) {
    var url = fields.need("url", Types.text().then(InquiryReader::address), "url: https://…");
    Duration timeout =
        fields.get("timeout", between(Duration.ofSeconds(1), Duration.ofMinutes(1)), TIMEOUT);
    Optional<String> credentials = fields.get("credentials", NAME);
    return fields.make(() -> new Inquiry.Webhook(url.orElseThrow(), timeout, credentials));
  }

  /** A secret in an address would be in Git, in logs and in status: so it has no place for one. */
  private static Optional<String> address(String text, Node node, Problems problems) {
    String wrong;
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme());
      boolean local = uri.getHost() != null && LOOPBACK.matcher(uri.getHost()).matches();
      if (uri.getHost() == null || !http && !"https".equals(uri.getScheme())) {
        wrong = "is not https://HOST[:PORT][/PATH]";
      } else if (http && !local) {
        wrong = "is http: only https, except on loopback";
      } else if (uri.getRawUserInfo() != null
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null) {
        problems.addUnshown(
            node.place(),
            "an address has no user, query or fragment",
            "a secret goes into a header: credentials: NAME");
        return Optional.empty();
      } else {
        return Optional.of(text);
      }
    } catch (URISyntaxException _) {
      wrong = "is no address";
    }
    problems.add(node.place(), "\"" + text + "\" " + wrong, "url: https://gate.example.com/ready");
    return Optional.empty();
  }

  static Type<Duration> between(Duration least, Duration most) {
    return Times.duration()
        .then(
            (value, node, problems) -> {
              if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
                return Optional.of(value);
              }
              problems.add(
                  node.place(),
                  "out of range",
                  "from %ds to %ds".formatted(least.toSeconds(), most.toSeconds()));
              return Optional.empty();
            });
  }

  private Type<Question> expression() {
    Type<Question> type = this::expression;
    return type.shaped(() -> new Shape.Text(false, Optional.empty(), List.of()));
  }

  private Optional<Question> expression(Node node, Problems problems) {
    if (!(node instanceof Scalar scalar) || Scalars.kind(scalar) == Scalars.Kind.NULL) {
      problems.add(node.place(), "expected an expression, found " + node.kind());
      return Optional.empty();
    }
    String source = scalar.text().strip();
    if (source.length() > LONGEST) {
      problems.add(node.place(), "the expression is longer than " + LONGEST + " characters");
      return Optional.empty();
    }
    return switch (expressions.compile(source)) {
      case Compiled.Good good -> Optional.of(new Inquiry.Cel(good.expression()));
      case Compiled.Bad bad -> {
        problems.add(within(scalar, bad), bad.message(), "names are listed in docs/checks.md");
        yield Optional.empty();
      }
    };
  }

  /** Where an expression is written on one line its columns are those of the file. */
  private static Place within(Scalar scalar, Compiled.Bad bad) {
    Place at = scalar.place();
    boolean oneLine = scalar.end() - scalar.start() <= scalar.text().length() + 2;
    int quote = scalar.plain() ? 0 : 1;
    return oneLine && bad.line() == 1
        ? new Place(at.file(), at.line(), at.column() + quote + bad.column() - 1, 1)
        : at;
  }
}

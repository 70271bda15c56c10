package dev.hikkoshi.cli;

import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.environments.reading.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said when a command cannot be understood or ends without its result. */
final class Mistakes {

  private final Session session;

  Mistakes(Session session) {
    this.session = session;
  }

  /** Words that are not understood, with the nearest that is. */
  int usage(ParameterException mistake, String[] args) {
    CommandLine command = mistake.getCommandLine();
    String called = command.getCommandSpec().qualifiedName();
    session.say(called + ": " + what(mistake));
    session.say(called + " --help says how it is used.");
    return Exit.USAGE.code();
  }

  private static String what(ParameterException mistake) {
    if (!(mistake instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(mistake.getMessage())
          .lines()
          .findFirst()
          .map(line -> line.replaceFirst("^Error: ", ""))
          .orElse("wrong usage");
    }
    String word = unmatched.getUnmatched().getFirst();
    String kind = word.startsWith("-") ? "flag" : "word";
    Optional<String> nearest = Nearest.to(word, known(mistake.getCommandLine()));
    return "unknown %s '%s'%s"
        .formatted(kind, word, nearest.map(n -> "; did you mean '" + n + "'?").orElse(""));
  }

  private static List<String> known(CommandLine command) {
    List<String> words = new ArrayList<>(command.getSubcommands().keySet());
    command.getCommandSpec().options().forEach(option -> words.addAll(List.of(option.names())));
    return words;
  }

  /** A command that failed; a stack trace only for what is a bug. */
  int failed(Exception failure, CommandLine command, ParseResult result) {
    String called = command.getCommandSpec().qualifiedName();
    return switch (failure) {
      case CliException e -> told(called, e);
      case KubeException e -> told(called, Refusals.of(e));
      default -> bug(called, failure);
    };
  }

  private int told(String called, CliException e) {
    session.say(called + ": " + e.getMessage());
    if (!e.next().isEmpty()) {
      session.say("  " + e.next());
    }
    return e.exit().code();
  }

  private int bug(String called, Exception failure) {
    session.say(called + ": this is a bug; please report it with the lines below");
    failure.printStackTrace(session.err());
    session.err().flush();
    return Exit.ERROR.code();
  }
}

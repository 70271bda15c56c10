package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.HikkoshiCommand;
import dev.hikkoshi.cli.Session;
import dev.hikkoshi.cli.apps.Worker;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.cli.output.Format;
import dev.hikkoshi.cli.output.OutputOptions;
import dev.hikkoshi.cli.output.Paint;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** What all commands share. */
abstract class Subcommand implements Callable<Integer> {

  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @ParentCommand
  private HikkoshiCommand parent;

  @Mixin private final OutputOptions output = new OutputOptions();

  /** Does it; ends with {@link dev.hikkoshi.cli.CliException} where there is no result. */
  abstract Exit run();

  @Override
  public final Integer call() {
    try {
      return run().code();
    } finally {
      session().out().flush();
    }
  }

  final Session session() {
    return parent.session();
  }

  /** Its processes may be there already; whoever uses it closes it. */
  final Worker worker() {
    return parent.worker();
  }

  /** The whole command line, as it was given. */
  final List<String> arguments() {
    return parent.arguments();
  }

  final Format format() {
    return output.format();
  }

  final Paint paint() {
    return new Paint(session().colour());
  }

  final void print(String line) {
    session().out().println(line);
  }

  final void print(List<String> lines) {
    lines.forEach(this::print);
  }

  final void print(ObjectNode document) {
    session().out().print(Documents.text(format(), document));
  }

  /** One document where one thing was named, else a list, as kubectl does it. */
  final void print(String kind, List<ObjectNode> documents, boolean named) {
    print(named && documents.size() == 1 ? documents.getFirst() : Documents.list(kind, documents));
  }
}

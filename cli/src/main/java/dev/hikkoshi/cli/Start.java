package dev.hikkoshi.cli;

import dev.hikkoshi.cli.apps.Shortcut;
import dev.hikkoshi.cli.apps.Worker;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the process begins. It knows nothing of picocli, whose classes are too old for an AOT cache
 * and take longer to load than printing what is known already.
 */
public final class Start {

  /** Commands that hardly ever end without a template or a chart. */
  private static final Set<String> RENDERING = Set.of("render", "build");

  private Start() {}

  /** Runs one command and ends the process with its code. */
  public static void main(String[] args) {
    Session session = Session.ofProcess();
    Optional<byte[]> known = Shortcut.find(session, List.of(args));
    if (known.isPresent()) {
      print(known.get(), session);
    } else {
      Worker worker = new Worker(session);
      if (args.length > 0 && RENDERING.contains(args[0])) {
        worker.ahead();
      }
      HikkoshiCommand.run(session, worker, args);
    }
  }

  private static void print(byte[] output, Session session) {
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      out.write(output);
    } catch (IOException e) {
      Optional<String> failure = DataWriter.told(e);
      failure.ifPresent(why -> session.say("hikkoshi: the output could not be written: " + why));
      Runtime.getRuntime().exit((failure.isPresent() ? Exit.ERROR : Exit.OK).code());
    }
  }
}

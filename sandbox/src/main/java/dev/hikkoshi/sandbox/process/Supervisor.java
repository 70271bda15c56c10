package dev.hikkoshi.sandbox.process;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The supervisor: a small Java process that starts processes when told over its standard input, and
 * kills all of them when that closes.
 *
 * <p>It is run from a copy of this one class file, so it uses nothing but {@code java.base} and has
 * no nested classes. Frames of {@link java.io.DataInput}: in come {@code START id, argv,
 * environment, directory, log} and {@code KILL id, force}; out go {@code STARTED id, pid}, {@code
 * FAILED id, message} and {@code EXITED id, code}.
 */
public final class Supervisor {

  static final byte START = 1;
  static final byte KILL = 2;
  static final byte STARTED = 3;
  static final byte FAILED = 4;
  static final byte EXITED = 5;

  private final Map<Integer, Process> running = new ConcurrentHashMap<>();
  private final DataOutputStream out;

  private Supervisor(DataOutputStream out) {
    this.out = out;
  }

  /** Serves until the end of standard input. */
  public static void main(String[] args) throws IOException {
    PrintStream stdout = System.out;
    System.setOut(System.err);
    Supervisor supervisor = new Supervisor(new DataOutputStream(stdout));
    Runtime.getRuntime().addShutdownHook(new Thread(supervisor::killAll));
    supervisor.serve(new DataInputStream(System.in));
    // Not exit: a thread that is in the middle of starting a process would be cut off from the
    // hook.
    supervisor.killAll();
    Runtime.getRuntime().halt(0);
  }

  private void serve(DataInputStream in) throws IOException {
    try {
      while (true) {
        switch (in.readByte()) {
          case START -> start(in);
          case KILL -> kill(in);
          default -> throw new IOException("unknown frame");
        }
      }
    } catch (EOFException e) {
      // The sandbox is gone, or wants to be.
    }
  }

  private void start(DataInputStream in) throws IOException {
    int id = in.readInt();
    List<String> command = strings(in);
    List<String> environment = strings(in);
    File directory = new File(in.readUTF());
    File log = new File(in.readUTF());
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory);
    builder.environment().clear();
    for (int i = 0; i < environment.size(); i += 2) {
      builder.environment().put(environment.get(i), environment.get(i + 1));
    }
    builder.redirectInput(Redirect.from(new File("/dev/null")));
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log));
    try {
      Process process = builder.start();
      running.put(id, process);
      send(STARTED, id, process.pid(), "");
      var _ = process.onExit().thenAccept(ended -> ended(id, ended));
    } catch (IOException e) {
      send(FAILED, id, 0, String.valueOf(e.getMessage()));
    }
  }

  private static List<String> strings(DataInputStream in) throws IOException {
    String[] all = new String[in.readInt()];
    for (int i = 0; i < all.length; i++) {
      all[i] = in.readUTF();
    }
    return new ArrayList<>(Arrays.asList(all));
  }

  private void kill(DataInputStream in) throws IOException {
    Process process = running.get(in.readInt());
    boolean force = in.readBoolean();
    if (process != null && force) {
      process.destroyForcibly();
    } else if (process != null) {
      process.destroy();
    }
  }

  private void ended(int id, Process process) {
    running.remove(id);
    try {
      send(EXITED, id, process.exitValue(), "");
    } catch (IOException e) {
      // Nobody listens any more; the end of standard input says the same.
    }
  }

  private void send(byte frame, int id, long number, String text) throws IOException {
    synchronized (out) {
      out.writeByte(frame);
      out.writeInt(id);
      out.writeLong(number);
      out.writeUTF(text);
      out.flush();
    }
  }

  private void killAll() {
    running.values().forEach(Process::destroyForcibly);
    for (Process process : running.values()) {
      try {
        process.waitFor(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}

package dev.hikkoshi.gitsync;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The remote's end of a conversation inside this process: a thread and two pipes. */
final class FarSide {

  /** The near side of a conversation. */
  interface Talk {
    void with(InputStream in, OutputStream out) throws IOException;
  }

  /**
   * What a client may send before it reads again: twice 32 object names of 46 bytes and a flush. A
   * smaller pipe lets both sides wait for each other.
   */
  private static final int BURST = 2 * 32 * 46 + 8;

  private final PipedInputStream answers = new PipedInputStream(1 << 16);
  private final PipedOutputStream questions = new PipedOutputStream();
  private final Thread thread;
  private volatile boolean left;
  private volatile @Nullable Exception trouble;

  private FarSide(String name, Talk talk) throws IOException {
    PipedInputStream heard = new PipedInputStream(questions, BURST);
    PipedOutputStream said = new PipedOutputStream(answers);
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(() -> run(talk, heard, said));
  }

  static FarSide start(String name, Talk talk) throws IOException {
    FarSide side = new FarSide(name, talk);
    side.thread.start();
    return side;
  }

  InputStream in() {
    return answers;
  }

  OutputStream out() {
    return questions;
  }

  /** What ended the conversation from this side. Known before the near side sees it end. */
  Optional<Exception> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** The near side goes: from here on broken pipes are no news. */
  void leave() {
    left = true;
  }

  /** Waits for the end; after {@link #leave} and with the pipes closed it is near. */
  void join() {
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Talk talk, PipedInputStream heard, PipedOutputStream said) {
    try (heard;
        said) {
      speak(talk, heard, said);
    } catch (IOException _) {
      // The near side has closed its ends already.
    }
  }

  private void speak(Talk talk, PipedInputStream heard, PipedOutputStream said) {
    try {
      talk.with(heard, said);
    } catch (IOException | RuntimeException e) {
      if (!left) {
        trouble = e;
      }
    }
  }
}

package dev.hikkoshi.parity;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One of the two that answer the same question. */
interface Side {

  /**
   * Answers a question.
   *
   * @param folder where the command is started
   * @param question what both understand
   */
  Answer ask(Path folder, Question question) throws InterruptedException;

  /**
   * One question.
   *
   * @param command {@code build} or {@code template}
   * @param file the helmfile, from the folder; empty for whatever is found there
   * @param arguments flags that both sides have, such as {@code --environment}
   * @param environment process variables that templates may ask for
   */
  record Question(
      Command command, String file, List<String> arguments, Map<String, String> environment) {

    public Question {
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
    }
  }

  /** What is asked for. */
  enum Command {
    /** The resolved state. */
    BUILD("build"),
    /** The manifests. */
    TEMPLATE("template");

    private final String word;

    Command(String word) {
      this.word = word;
    }

    /** As helmfile calls it. */
    String word() {
      return word;
    }
  }
}

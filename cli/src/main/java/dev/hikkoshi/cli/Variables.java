package dev.hikkoshi.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code HIKKOSHI_NAMESPACE} for {@code --namespace}, and so on for every flag that says where or
 * how; flags win.
 */
final class Variables implements IDefaultValueProvider {

  /**
   * What one order does or overrides is said with that order: a variable that somebody exported for
   * one and forgot would say it in every later one.
   */
  private static final Set<String> SAID_EACH_TIME =
      Set.of(
          "--accept-weights",
          "--check",
          "--force",
          "--reason",
          "--run-once-anyway",
          "--step",
          "--take-back",
          "--try-again",
          "--until",
          "--yes");

  private final Map<String, String> environment;

  Variables(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec arg) {
    if (!(arg instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
      return null;
    }
    if (SAID_EACH_TIME.contains(option.longestName())) {
      return null;
    }
    String value = environment.get(name(option));
    return value == null || value.isEmpty() ? null : value;
  }

  static String name(OptionSpec option) {
    String flag = option.longestName().replaceFirst("^-+", "");
    return "HIKKOSHI_" + flag.replace('-', '_').toUpperCase(Locale.ROOT);
  }
}

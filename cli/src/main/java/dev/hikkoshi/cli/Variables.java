package dev.hikkoshi.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code HIKKOSHI_NAMESPACE} for {@code --namespace}, and so on for every flag; flags win. */
final class Variables implements IDefaultValueProvider {

  private final Map<String, String> environment;

  Variables(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec arg) {
    if (!(arg instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
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

package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.output.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Which Hikkoshi this is. */
@Command(
    name = "version",
    description = "Say which version this is.",
    footerHeading = "Examples:%n",
    footer = {"  hikkoshi version", "  hikkoshi version -o json", ""})
public final class VersionCommand extends Subcommand {

  /** For {@code hikkoshi --version}. */
  public static final class Provider implements IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {"hikkoshi " + version()};
    }
  }

  @Override
  Exit run() {
    switch (format()) {
      case JSON, YAML -> {
        ObjectNode document = Documents.of("Version");
        document.put("version", version()).put("api", Documents.API_VERSION);
        print(document.put("java", Runtime.version().toString()));
      }
      case NAME -> print("hikkoshi/" + version());
      case TABLE -> print("hikkoshi " + version());
      case WIDE -> {
        print("hikkoshi " + version());
        print("api " + Documents.API_VERSION);
        print("java " + Runtime.version());
      }
    }
    return Exit.OK;
  }

  /** Written by the build. */
  static String version() {
    try (InputStream in =
        VersionCommand.class.getResourceAsStream("/dev/hikkoshi/cli/version.properties")) {
      if (in == null) {
        throw new IllegalStateException("version.properties is not in the jar");
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

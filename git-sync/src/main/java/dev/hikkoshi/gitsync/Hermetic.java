package dev.hikkoshi.gitsync;

import java.io.File;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the Git library off from the configuration of the user and the machine: an {@code
 * insteadOf}, a proxy or a cookie file in somebody's home would change where credentials go, and
 * finding the machine's file starts a {@code git} process. The library has one such reader for the
 * whole JVM, so this holds for all of it.
 */
final class Hermetic extends SystemReader.Delegate {

  /**
   * How exact a file's time is, to tell whether it changed. The library would else measure it for
   * seconds, with files of its own in the cache; this is what it takes when it cannot.
   */
  private static final String TIMESTAMPS = "2 seconds";

  private static final SystemReader ORIGINAL = SystemReader.getInstance();

  private Hermetic() {
    super(ORIGINAL);
  }

  /** Does it, once or again. */
  static void install() {
    if (!(SystemReader.getInstance() instanceof Hermetic)) {
      SystemReader.setInstance(new Hermetic());
    }
  }

  @Override
  public @Nullable String getenv(String variable) {
    return null;
  }

  @Override
  public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  /** A configuration without a file, never loaded and never saved; it knows the one thing. */
  private static final class Nothing extends FileBasedConfig {

    Nothing(@Nullable Config parent, FS fs) {
      super(parent, new File("none"), fs);
    }

    @Override
    public @Nullable String getString(String section, @Nullable String part, String name) {
      return section.equals("filesystem") && name.equals("timestampResolution")
          ? TIMESTAMPS
          : super.getString(section, part, name);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}

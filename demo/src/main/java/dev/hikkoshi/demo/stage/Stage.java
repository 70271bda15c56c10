package dev.hikkoshi.demo.stage;

import dev.hikkoshi.demo.DemoException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Everything that stands when the story begins. */
public final class Stage implements AutoCloseable {

  /** Between two looks of the controller at Git. */
  public static final Duration POLL = Duration.ofSeconds(1);

  /** Of the leader, unless somebody wishes otherwise. */
  public static final Duration LEASE = Duration.ofSeconds(15);

  private final Folders folders;
  private final Deque<AutoCloseable> closing;
  private final LocalRegion region;
  private final Belongings belongings;
  private final EnvironmentsRepository repository;
  private final Consumer<String> say;
  private volatile boolean keep;

  /** Starts a controller on a stage that has everything else. */
  @FunctionalInterface
  public interface ControllerStart {

    /** Answers when it is ready; what is answered ends it. */
    AutoCloseable start(
        Folders folders,
        Processes processes,
        LocalRegion region,
        ControllerProcess.Settings settings);
  }

  /**
   * What a stage is made of.
   *
   * @param tempo how long things take
   * @param lease how long the leader leads without a sign of life
   * @param keep leaves the folders where they are at the end, even if all went well
   */
  public record Wish(
      Folders folders,
      boolean keep,
      Tempo tempo,
      Duration lease,
      ControllerStart controller,
      Consumer<String> say) {}

  /**
   * Builds it up.
   *
   * @throws DemoException when a part of it does not start; what had been started is ended
   */
  public static Stage open(Wish wish, InstantSource clock) {
    Deque<AutoCloseable> closing = new ArrayDeque<>();
    try {
      return new Stage(wish, clock, closing);
    } catch (RuntimeException e) {
      end(closing);
      throw e;
    }
  }

  private Stage(Wish wish, InstantSource clock, Deque<AutoCloseable> closing) {
    this.closing = closing;
    folders = wish.folders();
    keep = wish.keep();
    say = wish.say();
    closing.push(this::clear);
    Processes processes = closing(new Processes(folders));
    region = closing(LocalRegion.start(folders, processes, wish.tempo().physics()));
    wish.say().accept("an AWS region at " + region.endpoint());
    belongings = Belongings.make(region);
    wish.say().accept("a hosted zone and a shared load balancer, as a user would have them");
    repository = closing(EnvironmentsRepository.create(folders, clock));
    wish.say().accept("a repository at " + repository.url());
    var settings =
        new ControllerProcess.Settings(
            repository.url(), POLL, region.nameServer(), wish.tempo().metricPeriod(), wish.lease());
    closing(wish.controller().start(folders, processes, region, settings));
    wish.say().accept("the controller, looking at it every " + POLL.toSeconds() + " s");
  }

  private void clear() {
    if (!keep) {
      folders.delete();
    }
  }

  /** Does what the stage is for; when that fails, what everybody logged stays. */
  public <T> T keptWhenItFails(Supplier<T> play) {
    try {
      return play.get();
    } catch (RuntimeException e) {
      keep();
      throw e;
    }
  }

  /** The folders stay at the end; says where they are. */
  public void keep() {
    if (!keep) {
      keep = true;
      say.accept("what everybody logged stays in " + folders.root());
    }
  }

  private <T extends AutoCloseable> T closing(T part) {
    closing.push(part);
    return part;
  }

  public Folders folders() {
    return folders;
  }

  public LocalRegion region() {
    return region;
  }

  public Belongings belongings() {
    return belongings;
  }

  public EnvironmentsRepository repository() {
    return repository;
  }

  /** Ends everything, the last first; then the folders go, unless they are to be kept. */
  @Override
  public synchronized void close() {
    end(closing);
  }

  private static void end(Deque<AutoCloseable> closing) {
    while (!closing.isEmpty()) {
      try {
        closing.pop().close();
      } catch (Exception e) {
        System.getLogger(Stage.class.getName())
            .log(System.Logger.Level.WARNING, "a part of the demo did not end as it should", e);
      }
    }
  }
}

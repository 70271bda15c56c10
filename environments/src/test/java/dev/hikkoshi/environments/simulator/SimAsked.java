package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.JobSeen;
import dev.hikkoshi.environments.observed.JobSeen.State;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Reply;
import dev.hikkoshi.environments.port.JobGateway;
import dev.hikkoshi.environments.port.Occasion;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.port.WebhookGateway;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Those who are asked by checks, until the world is healed: a webhook that now and then says no or
 * nothing, and Jobs that fail, end only at their deadline, or are deleted by somebody while they
 * run. What each of them answered is kept, so that a step can be held against it.
 */
final class SimAsked implements WebhookGateway, JobGateway {

  /** In percent. */
  private static final int MOODY = 15;

  /** So long a webhook is of one mind. */
  private static final long MIND_SECONDS = 120;

  private static final Comparator<Word> LATER =
      Comparator.comparing(Word::asked).thenComparing(Word::at);

  private final World world;
  private final Faults faults;
  private final Invariants invariants;
  private final long seed;
  private final Map<String, Job> jobs = new TreeMap<>();

  /** What was answered to processes that kept it. */
  private final Map<String, Word> words = new HashMap<>();

  /** What was answered since, and may still be forgotten. */
  private final Map<String, Heard> heard = new HashMap<>();

  SimAsked(World world, Faults faults, Invariants invariants, long seed) {
    this.world = world;
    this.faults = faults;
    this.invariants = invariants;
    this.seed = seed;
  }

  /**
   * An answer.
   *
   * @param asked when its question was asked: who is asked anew may answer before the one before
   * @param at when it was given
   */
  record Word(boolean good, Instant asked, Instant at) {}

  private record Heard(Occasion occasion, Word word) {}

  /** A Job and how it will end. */
  private record Job(Wanted wanted, String cluster, Instant createdAt, Instant endsAt, Mood mood) {}

  private enum Mood {
    GOOD,
    BAD,
    /** Nothing is heard. */
    SILENT,
    /** Somebody deletes it. */
    LOST
  }

  /** A process saved what it knows: what it heard is among it, unless it judged nothing of that. */
  void kept(EnvironmentRecord record) {
    heard.values().removeIf(answer -> kept(record, answer));
  }

  private boolean kept(EnvironmentRecord record, Heard heard) {
    Occasion o = heard.occasion();
    boolean saved =
        record
            .move()
            .filter(m -> m.id().equals(o.move()))
            .map(m -> m.route(o.route()).judging().answers().get(o.check()))
            .filter(a -> a.passed() == heard.word().good())
            .isPresent();
    if (saved) {
      words.merge(key(o), heard.word(), SimAsked::later);
    }
    return saved;
  }

  /**
   * A pass came to its end: whatever it heard counts, whether it was remembered or not.
   *
   * @param blind it judged nothing of what it saw and heard
   */
  void over(boolean blind) {
    if (!blind) {
      heard.forEach((about, answer) -> words.merge(about, answer.word(), SimAsked::later));
    }
    heard.clear();
  }

  /** A process begins, and knows nothing of what the one before heard and did not save. */
  void forgotten() {
    heard.clear();
  }

  private static Word later(Word was, Word is) {
    return LATER.compare(is, was) < 0 ? was : is;
  }

  /** What was last answered to a check, if anybody ever asked. */
  Optional<Word> word(String move, String route, String check, int percent) {
    return Optional.ofNullable(words.get(key(move, route, check, percent)));
  }

  private static String key(String move, String route, String check, int percent) {
    return String.join(" ", move, route, check, Integer.toString(percent));
  }

  private static String key(Occasion o) {
    return key(o.move(), o.route(), o.check(), o.percent());
  }

  private Mood mood(String of) {
    SplittableRandom random = new SplittableRandom(seed ^ Objects.hash(of));
    boolean healed = faults.options().wishes() == 0;
    if (healed || random.nextInt(100) >= MOODY) {
      return Mood.GOOD;
    }
    Mood[] bad = {Mood.BAD, Mood.SILENT, Mood.LOST};
    return bad[random.nextInt(bad.length)];
  }

  @Override
  public Observation<Reply> ask(Call call) {
    String about = key(call.occasion());
    Mood mood = mood(about + world.time.instant().getEpochSecond() / MIND_SECONDS);
    if (mood == Mood.SILENT) {
      return Observation.unknown("webhook", "no whole answer within " + call.timeout());
    }
    return faults.read(
        "webhook",
        () -> {
          boolean good = mood != Mood.BAD;
          Word word = new Word(good, world.time.instant(), world.time.instant());
          heard.put(about, new Heard(call.occasion(), word));
          return new Reply(good, good ? "HTTP 200" : "HTTP 409: not now");
        });
  }

  @Override
  public Observation<List<JobSeen>> jobs(ClusterSeen cluster, String environment) {
    jobs.values()
        .removeIf(
            job -> job.mood() == Mood.LOST && world.time.past(job.createdAt().plusSeconds(5)));
    return faults.read(
        "jobs",
        () ->
            jobs.values().stream()
                .filter(job -> job.cluster().equals(cluster.name()))
                .map(this::seen)
                .toList());
  }

  private JobSeen seen(Job job) {
    State state = new State.Running("pods: 1 active");
    if (world.time.past(job.endsAt())) {
      boolean good = job.mood() == Mood.GOOD;
      state = good ? new State.Complete() : new State.Failed("BackoffLimitExceeded");
      // Jobs of earlier attempts may still be there; what they said was said before.
      Occasion about = job.wanted().occasion();
      heard.merge(
          key(about),
          new Heard(about, new Word(good, job.createdAt(), job.endsAt())),
          (was, is) -> later(was.word(), is.word()) == is.word() ? is : was);
    }
    Wanted wanted = job.wanted();
    return new JobSeen(
        wanted.namespace(), wanted.name(), "uid-" + wanted.name(), state, job.createdAt());
  }

  @Override
  public Outcome run(ClusterSeen cluster, Wanted wanted) {
    invariants.intended("RunJob");
    return faults.write(
        () -> {
          world.pass(Duration.ZERO);
          String key = cluster.name() + " " + wanted.name();
          if (!jobs.containsKey(key)) {
            begin(key, cluster.name(), wanted);
          }
          return Outcome.done("uid-" + wanted.name());
        });
  }

  private void begin(String key, String cluster, Wanted wanted) {
    String question = wanted.name().substring(0, wanted.name().lastIndexOf('-'));
    boolean twice =
        jobs.values().stream()
            .filter(job -> job.wanted().name().startsWith(question + "-"))
            .anyMatch(job -> !world.time.past(job.endsAt()));
    if (twice && !world.late) {
      invariants.broken("a question is asked once at a time: " + wanted.name());
    }
    Mood mood = mood(key + world.time.instant().getEpochSecond() / MIND_SECONDS);
    Instant now = world.time.instant();
    Instant ends = mood == Mood.SILENT ? now.plus(wanted.deadline()) : world.time.in(3, 30);
    jobs.put(key, new Job(wanted, cluster, now, ends, mood));
  }

  @Override
  public Outcome remove(ClusterSeen cluster, JobSeen job) {
    invariants.intended("RemoveJob");
    return faults.write(
        () -> {
          jobs.remove(cluster.name() + " " + job.name());
          return Outcome.done(job.uid());
        });
  }
}

package dev.hikkoshi.controller.evaluate;

import dev.hikkoshi.controller.engine.WishSource;
import dev.hikkoshi.controller.source.Source;
import dev.hikkoshi.controller.source.SourceState;
import dev.hikkoshi.controller.upgrade.Proposal;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.Measuring;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.RecordStore.RecordException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Keeps for each environment the newest good definition of all sources, and why it is not the
 * newest commit where it is not. Safe for several threads, one for each source that is heard; a
 * commit is evaluated once, and once more after a while where it has mistakes.
 *
 * <p>What is known is answered at any time. A commit may take minutes to read, because its charts
 * have to be asked for: only its own source waits for that, and no environment does.
 */
public final class Evaluation {

  private final DefinitionReader reader;
  private final MixedChangeCheck mixed;
  private final Measuring measuring;
  private final String region;
  private final Supplier<Set<String>> recorded;
  private final BiConsumer<String, Throwable> failed;
  private final LookBack back;
  private final Object judging = new Object();
  private volatile Known known;
  private Optional<Set<String>> remembered = Optional.empty();

  /** What sources said, and what that means: always of one moment. */
  private record Known(Map<String, SourceView> views, Map<String, Said> said) {}

  /**
   * Creates an evaluation that knows nothing yet.
   *
   * @param region an environment of any other region is another controller's
   * @param recorded names of environments that something is remembered of
   * @param failed told what could not be evaluated, and why
   */
  public Evaluation(
      List<Source> sources,
      DefinitionReader reader,
      MixedChangeCheck mixed,
      Measuring measuring,
      String region,
      Supplier<Set<String>> recorded,
      BiConsumer<String, Throwable> failed) {
    this.reader = reader;
    this.mixed = mixed;
    this.measuring = measuring;
    this.region = region;
    this.recorded = recorded;
    this.failed = failed;
    this.back = new LookBack(reader);
    Map<String, SourceView> views = new LinkedHashMap<>();
    sources.forEach(source -> views.put(source.name(), SourceView.unseen(source)));
    this.known = new Known(views, Map.of());
  }

  /** A source was looked at; answers the environments whose wish is another now. */
  public Set<String> hear(Source source, SourceState state) {
    SourceView before = view(known, source);
    SourceView after = look(before, state);
    synchronized (judging) {
      Map<String, SourceView> views = new LinkedHashMap<>(known.views());
      views.put(source.name(), after);
      boolean news = remember() || !after.says(before);
      Map<String, Said> said = known.said();
      Map<String, Said> now = news ? judge(views.values(), said) : said;
      known = new Known(views, now);
      return changed(said, now);
    }
  }

  /** Every environment that any source defines, defined before, or that is remembered. */
  public Set<String> environments() {
    return Collections.unmodifiableSet(new TreeSet<>(known.said().keySet()));
  }

  /** What Git says about an environment, always as of the moment of asking. */
  public WishSource wishes(String environment) {
    return new WishSource() {
      @Override
      public Wish wish(EnvironmentRecord record) {
        return Evaluation.this.wish(environment, record);
      }

      @Override
      public Mode mode() {
        return said(environment)
            .standing()
            .map(standing -> standing.definition().mode())
            .orElse(Mode.OBSERVE);
      }

      @Override
      public boolean undefined() {
        return said(environment).stale().filter(Stale::undefined).isPresent();
      }

      @Override
      public Optional<Proposal> proposal() {
        return Evaluation.this.proposal(environment);
      }
    };
  }

  /** Rendering for rule 8 may take a while: it is done without the lock. */
  private Wish wish(String environment, EnvironmentRecord record) {
    Said now = said(environment);
    String why = now.stale().map(Stale::why).orElse("");
    List<String> problems = now.stale().map(Stale::lines).orElse(List.of());
    return now.standing()
        .map(standing -> wish(environment, standing, record, why))
        .orElseGet(() -> Wish.none(environment, why))
        .because(problems);
  }

  private Wish wish(String environment, Standing standing, EnvironmentRecord record, String why) {
    Definition definition = standing.definition();
    if (!definition.region().equals(region)) {
      return Wish.none(
          environment,
          "its region is %s, and this controller acts in %s"
              .formatted(definition.region(), region));
    }
    Desired desired =
        definition.toDesired(standing.commit(), measuring, mixed.judge(standing, record));
    return why.isEmpty() ? Wish.of(desired) : Wish.stale(desired, why);
  }

  private Said said(String environment) {
    return said(known, environment);
  }

  private static Said said(Known known, String environment) {
    return Optional.ofNullable(known.said().get(environment))
        .orElseGet(
            () ->
                new Said(
                    Optional.empty(),
                    Optional.of(Stale.because("no source defines " + environment))));
  }

  private Optional<Proposal> proposal(String environment) {
    Known all = known;
    Said now = said(all, environment);
    if (now.stale().isPresent() || now.standing().isEmpty()) {
      return Optional.empty();
    }
    Standing standing = now.standing().get();
    Optional<String> head = view(all, standing.source()).evaluated();
    return standing
        .definition()
        .upgrades()
        .flatMap(
            rules ->
                head.map(h -> new Proposal(standing.source(), h, standing.definition(), rules)));
  }

  private static SourceView view(Known known, Source source) {
    return Optional.ofNullable(known.views().get(source.name()))
        .orElseGet(() -> SourceView.unseen(source));
  }

  private SourceView look(SourceView before, SourceState state) {
    Optional<String> commit = state.commit();
    if (commit.filter(c -> before.wants(c, state)).isEmpty()) {
      return before.seen(state);
    }
    Source source = before.source();
    try {
      List<Reading> found = reader.read(source.tree(commit.get()), source.folder());
      return before.read(state, commit.get(), found);
    } catch (RuntimeException | Error e) {
      failed.accept("source " + source.name() + " at " + commit.get(), e);
      return before.broken(state, commit.get(), String.valueOf(e.getMessage()));
    }
  }

  /** Asked until it was answered once: environments that appear later come from sources anyway. */
  private boolean remember() {
    if (remembered.isPresent()) {
      return false;
    }
    try {
      remembered = Optional.of(Set.copyOf(recorded.get()));
      return true;
    } catch (RecordException e) {
      failed.accept("names of remembered environments", e);
      return false;
    }
  }

  private Map<String, Said> judge(Collection<SourceView> views, Map<String, Said> before) {
    return new Judgement(views, before, remembered.orElse(Set.of()), back, failed).judge();
  }

  private static Set<String> changed(Map<String, Said> before, Map<String, Said> after) {
    Set<String> changed = new TreeSet<>();
    after.forEach(
        (name, now) -> {
          if (Optional.ofNullable(before.get(name)).filter(now::same).isEmpty()) {
            changed.add(name);
          }
        });
    return changed;
  }
}

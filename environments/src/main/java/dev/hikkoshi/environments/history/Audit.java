package dev.hikkoshi.environments.history;

import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.JournalEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a journal from its oldest line to its newest, of one move or of all moves of an
 * environment, and tells which rules were broken. The same reader is held against every seed of the
 * simulator, every move of the sandbox, and a production's journal ({@code hikkoshi verify}).
 *
 * <p>A journal that begins in the middle is read from there: what was known before its first line
 * is believed. Times are those that the controller wrote. Not safe for several threads.
 */
public final class Audit {

  /** What a retirement takes away in an order of its own; the first word of its keys. */
  private static final Set<String> RETIRES =
      Set.of("RemoveBalancerObjects", "Unprotect", "DeleteCluster");

  private final List<Breach> breaches = new ArrayList<>();
  private final Map<String, RouteBook> routes = new TreeMap<>();
  private final Set<String> ended = new HashSet<>();
  private MoveBook move = MoveBook.unknown();
  private Mode mode = Mode.ACT;
  private boolean heldByPerson;
  private int lines;
  private int facts;
  private int writes;

  /** Everything that a journal breaks. */
  public static Audit of(List<JournalEntry> oldestFirst) {
    Audit audit = new Audit();
    oldestFirst.forEach(audit::read);
    return audit;
  }

  public List<Breach> breaches() {
    return List.copyOf(breaches);
  }

  /** Lines that were read. */
  public int lines() {
    return lines;
  }

  /** Writes among them, however they ended. */
  public int writes() {
    return writes;
  }

  /** Lines that say something to a program. */
  public int facts() {
    return facts;
  }

  /** In one line, for people. */
  public String summary() {
    return breaches.isEmpty()
        ? "no rule was broken by %d writes in %d lines".formatted(writes, lines)
        : "%d breaches in %d writes and %d lines; the first: %s"
            .formatted(breaches.size(), writes, lines, breaches.getFirst());
  }

  /** The next line. */
  public void read(JournalEntry entry) {
    lines++;
    facts += entry.fact().isPresent() ? 1 : 0;
    entry.fact().ifPresent(fact -> read(entry, fact));
  }

  private void read(JournalEntry entry, Fact fact) {
    switch (fact) {
      case Fact.Began(Optional<String> from, String to, var steps) ->
          move = MoveBook.begun(from, to, steps);
      case Fact.Phase(String word) -> phase(entry, word);
      case Fact.Judged(String route, int percent) -> book(route).judged(percent);
      case Fact.Known(Fact.Weights weights) -> book(weights.route()).known(weights, entry.at());
      case Fact.Met(Fact.Weights weights) -> book(weights.route()).met(weights);
      case Fact.Retires(String cluster, boolean decommissioned) ->
          retires(entry, cluster, decommissioned);
      case Fact.Held(Hold.Reason reason, String _) -> held(reason);
      case Fact.Resumed _ -> resumed();
      case Fact.InMode(Mode now) -> mode = now;
      case Fact.Effect effect -> effect(entry, effect);
    }
  }

  private RouteBook book(String route) {
    return routes.computeIfAbsent(route, _ -> new RouteBook());
  }

  private void phase(JournalEntry entry, String word) {
    if (!move.mayEnter(word)) {
      broken(entry, 2, "phase " + word + " does not follow " + move.phase().orElse("nothing"));
    }
    move = move.in(word);
  }

  private void held(Hold.Reason reason) {
    heldByPerson |= reason == Hold.Reason.PERSON;
    move = reason == Hold.Reason.HOME_GONE ? move.withoutHome() : move;
  }

  private void resumed() {
    heldByPerson = false;
    routes.values().forEach(RouteBook::excused);
  }

  private void retires(JournalEntry entry, String cluster, boolean decommissioned) {
    if (decommissioned) {
      routes.values().forEach(book -> book.left(cluster));
    }
    spared(entry, cluster);
  }

  private void effect(JournalEntry entry, Fact.Effect effect) {
    writes++;
    if (!ended.add(effect.intent())) {
      broken(entry, 14, "the intent " + effect.intent() + " ends a second time");
    }
    if (mode != Mode.ACT && effect.ending() != Fact.Ending.INTERRUPTED) {
      broken(entry, 16, "something is written in mode " + mode);
    }
    destroyed(entry, effect);
    effect.weights().ifPresent(weights -> traffic(entry, effect, weights));
  }

  private void traffic(JournalEntry entry, Fact.Effect effect, Fact.Weights weights) {
    Fact.Ending ending = effect.ending();
    RouteBook book = book(weights.route());
    if (!effect.key().equals("weights " + weights.route())) {
      broken(entry, 14, "what is told of %s is about %s".formatted(effect.key(), weights.route()));
    }
    if (ending != Fact.Ending.INTERRUPTED) {
      new TrafficRules(move, book, entry, this::broken).hold(weights, ending);
      if (heldByPerson && move.forward() && move.gains(weights)) {
        broken(entry, 4, "a person holds traffic, and the new side gets more of it");
      }
    }
    book.written(weights, ending, entry.at());
  }

  /** Nothing of a retirement is done to a cluster that has weight. */
  private void destroyed(JournalEntry entry, Fact.Effect effect) {
    String[] words = effect.key().split(" ");
    if (words.length < 2 || !RETIRES.contains(words[0])) {
      return;
    }
    spared(entry, words[1]);
  }

  private void spared(JournalEntry entry, String cluster) {
    routes.forEach(
        (route, book) -> {
          if (book.weight(cluster) > 0) {
            broken(entry, 13, cluster + " has weight on " + route);
          }
        });
  }

  private void broken(JournalEntry entry, int rule, String sentence) {
    breaches.add(new Breach(rule, sentence, entry));
  }
}

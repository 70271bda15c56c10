package dev.hikkoshi.controller.engine;

import dev.hikkoshi.controller.evaluate.DefinitionReader;
import dev.hikkoshi.controller.source.Source;
import dev.hikkoshi.environments.desired.Measuring;
import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.record.RecordStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What an engine is made of. The engine closes sources and leadership; everything else belongs to
 * whoever made it.
 *
 * @param region the one region that the gateways act in
 * @param recorded names of environments that something is remembered of; throws a {@link
 *     RecordStore.RecordException} when that could not be read
 */
public record Parts(
    List<Source> sources,
    DefinitionReader definitions,
    String region,
    Gateways gateways,
    RecordStore records,
    Supplier<Set<String>> recorded,
    Leads leads,
    Commands commands,
    StatusSink status,
    InstantSource clock,
    Measuring measuring,
    Pace pace,
    EngineEvents events) {

  public Parts {
    sources = List.copyOf(sources);
    if (sources.stream().map(Source::name).distinct().count() != sources.size()) {
      throw new IllegalArgumentException("two sources have one name");
    }
  }

  /** The same parts with other gateways, for example decorated ones. */
  public Parts with(Gateways other) {
    return new Parts(
        sources,
        definitions,
        region,
        other,
        records,
        recorded,
        leads,
        commands,
        status,
        clock,
        measuring,
        pace,
        events);
  }

  /** The same parts with another record store. */
  public Parts with(RecordStore other) {
    return new Parts(
        sources,
        definitions,
        region,
        gateways,
        other,
        recorded,
        leads,
        commands,
        status,
        clock,
        measuring,
        pace,
        events);
  }

  /** The same parts with another leadership. */
  public Parts with(Leads other) {
    return new Parts(
        sources,
        definitions,
        region,
        gateways,
        records,
        recorded,
        other,
        commands,
        status,
        clock,
        measuring,
        pace,
        events);
  }
}

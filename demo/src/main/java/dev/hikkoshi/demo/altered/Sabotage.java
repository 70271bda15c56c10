package dev.hikkoshi.demo.altered;

import dev.hikkoshi.environments.loop.Gateways;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules that the demo can break, each at one place between the engine and the world. */
public enum Sabotage {
  /** Everything of the new cluster is called ready before it is. */
  ATTACH_BEFORE_READY("rule 2, a side is attached only when it is ready") {
    @Override
    public Gateways on(Gateways real) {
      return real.with(new EarlyReadiness.Inside(real.inside()))
          .with(new EarlyReadiness.Balancers(real.balancers()));
    }
  },

  /** The old side's load balancer goes with the write that gives the new side everything. */
  RETIRE_AT_ONCE("rule 13, soak and drain come before deletion") {
    @Override
    public Gateways on(Gateways real) {
      return real.with(new EarlyRetirement(real.dns(), real.eks(), real.inside()));
    }
  },

  /** Only the gaining side's record is written, as an UPSERT of it alone would. */
  UPSERT_ONE_SIDE("rule 3, one write moves both sides") {
    @Override
    public Gateways on(Gateways real) {
      return real.with(new WrongWeights.OneSide(real.dns()));
    }
  },

  /** Both sides get weight 0 in the first step. */
  ALL_ZERO("rule 1, all-zero is never written") {
    @Override
    public Gateways on(Gateways real) {
      return real.with(new WrongWeights.ZeroRecords(real.dns()))
          .with(new WrongWeights.ZeroGroups(real.balancers()));
    }
  },

  /** Every change is effective as soon as it is written: no INSYNC, no TTL. */
  IGNORE_TTL("rule 5, a step counts from INSYNC and TTL") {
    @Override
    public Gateways on(Gateways real) {
      return real.with(new NoTtl(real.dns()));
    }
  };

  private final String broken;

  Sabotage(String broken) {
    this.broken = broken;
  }

  /** The gateways, one rule worse. */
  public abstract Gateways on(Gateways real);

  /** What the engine is made to break. */
  public String broken() {
    return broken;
  }

  /** As it is written on the command line. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** The one of that word. */
  public static Optional<Sabotage> of(String word) {
    return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
  }

  /** All words, for messages. */
  public static String words() {
    return Arrays.stream(values()).map(Sabotage::word).collect(Collectors.joining(", "));
  }
}

package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.port.DnsGateway;
import dev.hikkoshi.environments.port.ForwardingDns;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.record.GoHome;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 4: a write of ours that takes effect after a newer one is not a stranger's. */
class LateWriteTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";

  private final Slow slow = new Slow();

  /** Changes are on their way for as long as a test says; nobody hears what became of them. */
  private static final class Slow {
    boolean down;
    List<RecordSeen> onTheWay = List.of();

    DnsGateway over(DnsGateway real) {
      return new ForwardingDns(real) {
        @Override
        public Outcome change(
            Zone zone, String zoneId, List<RecordSeen> deletes, List<RecordSeen> creates) {
          if (!down) {
            return super.change(zone, zoneId, deletes, creates);
          }
          onTheWay = creates;
          return new Outcome.Unclear("no answer in time");
        }
      };
    }
  }

  /** The fifth percent was asked for, nobody knows whether it is there, and traffic goes home. */
  private Scenario overtaken() {
    Scenario s =
        Scenario.with(g -> g.with(slow.over(g.dns())))
            .commit(Wishes.sample("1.36"))
            .untilPhase("gone")
            .commit(Wishes.sample("1.37"))
            .untilPhase("stepping")
            .untilShare("web", 1);
    slow.down = true;
    s.until("a write without an answer", _ -> !slow.onTheWay.isEmpty());
    slow.down = false;
    s.asks(new GoHome("miyake", "it looks wrong", s.now()));
    return s.until("home", now -> now.sides("web").share(OLD) == 1);
  }

  @Test
  void anOlderWriteThatComesLateHoldsNothingAndIsWrittenOver() {
    // Given
    Scenario s = overtaken();

    // When
    s.records(slow.onTheWay).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.record().holds()).isEmpty();
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);
    assertThat(s.phase()).isEqualTo("returned");
  }

  @Test
  void afterAMinuteTheSameWeightsAreSomebodyElses() {
    // Given
    Scenario s = overtaken().passes(Duration.ofMinutes(2));

    // When
    s.records(slow.onTheWay).pass();

    // Then
    assertThat(s.said()).contains("somebody else wrote weights").contains(NEW + " 5");
  }
}

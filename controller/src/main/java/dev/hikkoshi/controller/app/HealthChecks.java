package dev.hikkoshi.controller.app;

import dev.hikkoshi.controller.engine.Engine;
import dev.hikkoshi.controller.source.SourceState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Whether the process lives, and whether it has seen its sources and knows who leads. */
final class HealthChecks {

  private HealthChecks() {}

  /**
   * A restart would help only a process that cannot answer at all: what is away outside, or held,
   * is no reason to restart.
   */
  @Liveness
  @ApplicationScoped
  public static class Live implements HealthCheck {

    @Override
    public HealthCheckResponse call() {
      return HealthCheckResponse.up("process");
    }
  }

  /** A follower is ready too: it could take over. */
  @Readiness
  @ApplicationScoped
  public static class Ready implements HealthCheck {

    private final EngineHost host;

    public Ready(EngineHost host) {
      this.host = host;
    }

    @Override
    public HealthCheckResponse call() {
      HealthCheckResponseBuilder response = HealthCheckResponse.named("engine");
      Optional<Engine> engine = host.engine();
      if (engine.isEmpty()) {
        return response.down().withData("engine", "not started yet").build();
      }
      engine.get().sources().forEach((name, state) -> response.withData(name, word(state)));
      return response
          .status(engine.get().ready())
          .withData("leader", engine.get().leads())
          .withData("environments", engine.get().turns().size())
          .build();
    }

    private static String word(SourceState state) {
      return switch (state) {
        case SourceState.Head head -> head.id();
        case SourceState.Unreachable _ -> "unreachable";
      };
    }
  }
}

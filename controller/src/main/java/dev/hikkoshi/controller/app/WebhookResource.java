package dev.hikkoshi.controller.app;

import dev.hikkoshi.controller.engine.Engine;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.util.Optional;

/**
 * A hint that Git has news. Nothing of its body is believed or used: sources look for themselves,
 * not more often than they think fit.
 */
@Path("/webhook/git")
public class WebhookResource {

  private final EngineHost host;
  private final Settings settings;

  public WebhookResource(EngineHost host, Settings settings) {
    this.host = host;
    this.settings = settings;
  }

  /** 202; 401 when a secret is configured and the hint is not signed with it. */
  @POST
  public Response hint(byte[] body, @Context HttpHeaders headers) throws IOException {
    Optional<java.nio.file.Path> file = settings.webhook().secretFile();
    if (file.isPresent()
        && !WebhookSecret.read(file.get()).signed(body, headers::getHeaderString)) {
      return Response.status(Status.UNAUTHORIZED).build();
    }
    host.engine().ifPresent(Engine::hint);
    return Response.accepted().build();
  }
}

package dev.hikkoshi.sandbox.aws;

import dev.hikkoshi.sandbox.fault.FaultScript;
import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes a request to its service: checks the signature, applies the fault script, writes the call
 * log. Blocks as long as the service does.
 */
public final class Dispatcher {

  private static final Logger LOG = System.getLogger(Dispatcher.class.getName());
  private static final QueryProtocol NOBODY =
      new QueryProtocol("https://hikkoshi.dev/sandbox/", "2026-11-24");

  /** Services without a region of their own, or with such quotas, are signed for us-east-1. */
  private static final Set<String> GLOBAL = Set.of("iam", "route53", "sts", "servicequotas");

  private static final int REMEMBERED = 512;

  private final Map<String, AwsService> services;
  private final SignatureV4 signatures;
  private final FaultScript faults;
  private final CallLog calls;
  private final InstantSource clock;
  private final String region;
  private final Map<String, AwsResponse> answers =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AwsResponse> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** What goes back to the client. */
  public sealed interface Outcome {
    /** An answer. */
    record Answer(String requestId, AwsResponse response) implements Outcome {}

    /** The connection is closed without one. */
    record Cut() implements Outcome {}
  }

  private record Served(
      Outcome outcome,
      String operation,
      String parameters,
      String principal,
      @Nullable AwsException error,
      @Nullable String fault,
      boolean done) {}

  /** Dispatches to these services by their signing names. */
  public Dispatcher(
      List<AwsService> services,
      SignatureV4 signatures,
      FaultScript faults,
      CallLog calls,
      InstantSource clock,
      String region) {
    Map<String, AwsService> byName = new LinkedHashMap<>();
    for (AwsService service : services) {
      if (byName.put(service.signingName(), service) != null) {
        throw new IllegalArgumentException("two services sign as " + service.signingName());
      }
    }
    this.services = Map.copyOf(byName);
    this.signatures = signatures;
    this.faults = faults;
    this.calls = calls;
    this.clock = clock;
    this.region = region;
  }

  /** What time it is in the region. */
  Instant now() {
    return clock.instant();
  }

  /** Answers one request. */
  public Outcome dispatch(RawRequest raw) {
    Instant start = clock.instant();
    String requestId = UUID.randomUUID().toString();
    String claimed = SignatureV4.claimedService(raw);
    AwsService service = services.get(claimed);
    Served served =
        service == null ? unserved(raw, requestId, claimed) : serve(service, raw, requestId);
    log(start, requestId, claimed, served);
    return served.outcome();
  }

  /**
   * Performs a call of somebody who lives inside the region and needs no signature.
   *
   * @param request with the caller as its principal
   */
  Outcome inside(AwsRequest request) {
    Instant start = clock.instant();
    AwsService service = Objects.requireNonNull(services.get(request.service()), request.service());
    Served served = perform(service, request, service.operation(request));
    log(start, request.requestId(), request.service(), served);
    if (served.error() != null) {
      throw served.error();
    }
    return served.outcome();
  }

  private void log(Instant start, String requestId, String service, Served served) {
    AwsException error = served.error();
    calls.add(
        new CallLog.Call(
            0,
            start,
            requestId,
            service,
            served.operation(),
            served.principal(),
            served.parameters(),
            served.outcome() instanceof Outcome.Answer answer ? answer.response().status() : 0,
            error == null ? null : error.code(),
            Duration.between(start, clock.instant()).toMillis(),
            served.fault(),
            served.done()));
  }

  private Served unserved(RawRequest raw, String requestId, String claimed) {
    AwsException error;
    try {
      signatures.check(raw);
      error =
          new AwsException(
              404,
              "UnknownService",
              "The sandbox plays no service that signs as '" + claimed + "'");
    } catch (AwsException refused) {
      error = refused;
    }
    AwsResponse response = NOBODY.error(request(raw, requestId, null, claimed), error);
    var answer = new Outcome.Answer(requestId, response);
    return new Served(answer, raw.method() + " " + raw.path(), "", "", error, null, false);
  }

  private Served serve(AwsService service, RawRequest raw, String requestId) {
    AwsRequest request = request(raw, requestId, null, service.signingName());
    String operation = raw.method() + " " + raw.path();
    try {
      SignatureV4.Signer signer = signatures.check(raw);
      checkRegion(signer);
      request = request(raw, requestId, signer, service.signingName());
      operation = service.operation(request);
      return perform(service, request, operation);
    } catch (AwsException refused) {
      return served(request, operation, answer(service, request, refused), refused, null, false);
    } catch (RuntimeException e) {
      LOG.log(Logger.Level.ERROR, () -> "request " + requestId + " broke the sandbox", e);
      var failure = new AwsException(500, "InternalFailure", "the sandbox failed: " + e);
      return served(request, operation, answer(service, request, failure), failure, null, false);
    }
  }

  private Served perform(AwsService service, AwsRequest request, String operation) {
    Optional<FaultScript.Fault> fault = faults.next(service.signingName(), operation);
    if (fault.isEmpty()) {
      return normal(service, request, operation, null);
    }
    String note = fault.get().id() + ":" + fault.get().effect().text();
    return switch (fault.get().effect()) {
      case THROTTLE ->
          refused(service, request, operation, FaultErrors.throttled(service), note, false);
      case ERROR_BEFORE ->
          refused(service, request, operation, FaultErrors.failed(service), note, false);
      case ERROR_AFTER -> {
        Served served = normal(service, request, operation, note);
        yield served.done()
            ? refused(service, request, operation, FaultErrors.failed(service), note, true)
            : served;
      }
      case LOST -> {
        Served served = normal(service, request, operation, note);
        yield served(request, operation, new Outcome.Cut(), served.error(), note, served.done());
      }
      case CUT -> served(request, operation, new Outcome.Cut(), null, note, false);
      case SLOW -> {
        pause(fault.get().millis());
        yield normal(service, request, operation, note);
      }
      case STALE -> stale(service, request, operation, note);
    };
  }

  private Served normal(
      AwsService service, AwsRequest request, String operation, @Nullable String fault) {
    AwsResponse response;
    try {
      response = service.handle(request, operation);
    } catch (AwsException refused) {
      return refused(service, request, operation, refused, fault, false);
    }
    if (reads(operation)) {
      synchronized (answers) {
        answers.put(key(request, operation), response);
      }
    }
    var answer = new Outcome.Answer(request.requestId(), response);
    return served(request, operation, answer, null, fault, true);
  }

  private Served stale(AwsService service, AwsRequest request, String operation, String fault) {
    AwsResponse before;
    synchronized (answers) {
      before = answers.get(key(request, operation));
    }
    if (before == null || !reads(operation)) {
      return normal(service, request, operation, fault);
    }
    var answer = new Outcome.Answer(request.requestId(), before);
    return served(request, operation, answer, null, fault, false);
  }

  private Served refused(
      AwsService service,
      AwsRequest request,
      String operation,
      AwsException error,
      @Nullable String fault,
      boolean done) {
    return served(request, operation, answer(service, request, error), error, fault, done);
  }

  private static Served served(
      AwsRequest request,
      String operation,
      Outcome outcome,
      @Nullable AwsException error,
      @Nullable String fault,
      boolean done) {
    String parameters = ParameterSummary.of(request);
    String principal = request.principal().arn();
    return new Served(outcome, operation, parameters, principal, error, fault, done);
  }

  private static Outcome answer(AwsService service, AwsRequest request, AwsException error) {
    return new Outcome.Answer(request.requestId(), service.error(request, error));
  }

  private void checkRegion(SignatureV4.Signer signer) {
    String signed = signer.region();
    boolean global = GLOBAL.contains(signer.service()) && signed.equals("us-east-1");
    if (!signed.equals(region) && !global) {
      throw new AwsException(
          403,
          "SignatureDoesNotMatch",
          "Credential should be scoped to a valid region, not '%s'; this sandbox is %s."
              .formatted(signed, region));
    }
  }

  private static boolean reads(String operation) {
    return operation.startsWith("Describe")
        || operation.startsWith("List")
        || operation.startsWith("Get");
  }

  private static String key(AwsRequest request, String operation) {
    return request.service() + " " + operation + " " + ParameterSummary.of(request);
  }

  @SuppressWarnings(
      "ThreadSleep") // the fault is real time: a client's own timeout is what it tests
  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static AwsRequest request(
      RawRequest raw, String requestId, SignatureV4.@Nullable Signer signer, String service) {
    return new AwsRequest(
        requestId,
        signer == null ? new AwsRequest.Principal("", "") : signer.identity().principal(),
        service,
        signer == null ? "" : signer.region(),
        raw.method(),
        raw.path(),
        raw.parameters(),
        raw.headers(),
        raw.body());
  }
}

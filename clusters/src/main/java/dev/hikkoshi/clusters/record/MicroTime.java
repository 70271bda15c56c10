package dev.hikkoshi.clusters.record;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Kubernetes' time of leases: RFC 3339 with exactly six digits of a second, whatever they are; an
 * API server refuses fewer (apimachinery, {@code meta/v1/micro_time.go}, RFC3339Micro).
 */
final class MicroTime {

  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private MicroTime() {}

  static String text(Instant at) {
    return TEXT.format(at);
  }
}

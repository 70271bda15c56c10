package dev.hikkoshi.sandbox.route53;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change that was accepted.
 *
 * @param id without {@code /change/}
 * @param insyncAt from when all name servers answer by it
 */
record ChangeInfo(String id, @Nullable String comment, Instant submittedAt, Instant insyncAt) {

  String status(Instant now) {
    return now.isBefore(insyncAt) ? "PENDING" : "INSYNC";
  }
}

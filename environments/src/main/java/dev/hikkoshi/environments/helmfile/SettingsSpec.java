package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.port.ReleaseSettings;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code helmDefaults} and a release have in common. What is empty was not said.
 *
 * @param context of the kubeconfig; never the empty text
 * @param devel whether pre-releases of a chart count
 * @param plainHttp a registry is asked without TLS
 * @param insecure the certificate of a chart's server is not checked
 */
record SettingsSpec(
    Optional<String> context,
    Optional<Boolean> createNamespace,
    Optional<Boolean> awaitReady,
    Optional<Boolean> waitForJobs,
    Optional<Integer> timeout,
    Optional<Boolean> atomic,
    Optional<Boolean> rollbackOnFailure,
    Optional<Boolean> cleanupOnFail,
    Optional<Integer> historyMax,
    Optional<Boolean> skipCrds,
    Optional<Boolean> skipSchemaValidation,
    Optional<Boolean> devel,
    Optional<Boolean> plainHttp,
    Optional<Boolean> insecure) {

  private static final int LONGEST = 86_400;
  private static final Type<Boolean> YES_NO = Types.goBool();

  /** The words that mean what is done anyway. */
  private static final Type<String> SERVER_SIDE =
      Types.literal()
          .then(Types.matching(Pattern.compile("true|auto"), "true or auto: it is always on"));

  /** Nothing is said. */
  static final SettingsSpec NONE =
      new SettingsSpec(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** {@code helmDefaults}. */
  static Optional<SettingsSpec> defaults(Fields fields) {
    SettingsSpec spec = of(fields);
    // Only helmDefaults has it in helmfile 1.8; a release has its chart's CRDs or not.
    Optional<Boolean> skipCrds = fields.get("skipCRDs", YES_NO);
    Refused.DEFAULTS.apply(fields);
    return fields.make(() -> spec.withSkipCrds(skipCrds));
  }

  static SettingsSpec of(Fields fields) {
    fields.get("serverSide", SERVER_SIDE);
    return new SettingsSpec(
        fields.get("kubeContext", Types.literal()).filter(text -> !text.isEmpty()),
        fields.get("createNamespace", YES_NO),
        fields.get("wait", YES_NO),
        fields.get("waitForJobs", YES_NO),
        fields.get("timeout", Types.integer(0, LONGEST)),
        fields.get("atomic", YES_NO),
        fields.get("rollbackOnFailure", YES_NO),
        fields.get("cleanupOnFail", YES_NO),
        fields.get("historyMax", Types.integer(0, 1_000)),
        Optional.empty(),
        fields.get("skipSchemaValidation", YES_NO),
        fields.get("devel", YES_NO),
        fields.get("plainHttp", YES_NO),
        fields.get("insecureSkipTLSVerify", YES_NO));
  }

  private SettingsSpec withSkipCrds(Optional<Boolean> other) {
    return new SettingsSpec(
        context,
        createNamespace,
        awaitReady,
        waitForJobs,
        timeout,
        atomic,
        rollbackOnFailure,
        cleanupOnFail,
        historyMax,
        other,
        skipSchemaValidation,
        devel,
        plainHttp,
        insecure);
  }

  SettingsSpec withAwaitReady(Optional<Boolean> other) {
    return new SettingsSpec(
        context,
        createNamespace,
        other.or(() -> awaitReady),
        waitForJobs,
        timeout,
        atomic,
        rollbackOnFailure,
        cleanupOnFail,
        historyMax,
        skipCrds,
        skipSchemaValidation,
        devel,
        plainHttp,
        insecure);
  }

  /** This release's, else the defaults', else helmfile's own. */
  SettingsSpec over(SettingsSpec defaults) {
    return new SettingsSpec(
        context.or(defaults::context),
        createNamespace.or(defaults::createNamespace),
        awaitReady.or(defaults::awaitReady),
        waitForJobs.or(defaults::waitForJobs),
        timeout.or(defaults::timeout),
        atomic.or(defaults::atomic),
        rollbackOnFailure.or(defaults::rollbackOnFailure),
        cleanupOnFail.or(defaults::cleanupOnFail),
        historyMax.or(defaults::historyMax),
        skipCrds.or(defaults::skipCrds),
        skipSchemaValidation.or(defaults::skipSchemaValidation),
        devel.or(defaults::devel),
        plainHttp.filter(b -> b).or(defaults::plainHttp),
        insecure.filter(b -> b).or(defaults::insecure));
  }

  /** helmfile refuses the two together: one is the newer name of the other. */
  boolean rollsBackTwice() {
    return atomic.orElse(false) && rollbackOnFailure.orElse(false);
  }

  ReleaseSettings settings(String description) {
    ReleaseSettings absent = ReleaseSettings.HELMFILE;
    return new ReleaseSettings(
        createNamespace.orElse(absent.createNamespace()),
        awaitReady.orElse(absent.awaitReady()),
        waitForJobs.orElse(absent.waitForJobs()),
        timeout.filter(t -> t > 0).map(Duration::ofSeconds).orElse(absent.timeout()),
        atomic.orElse(false) || rollbackOnFailure.orElse(false),
        cleanupOnFail.orElse(absent.cleanupOnFail()),
        historyMax.orElse(absent.historyMax()),
        skipCrds.orElse(absent.skipCrds()),
        skipSchemaValidation.orElse(absent.skipSchemaValidation()),
        Optional.of(description).filter(d -> !d.isEmpty()));
  }
}

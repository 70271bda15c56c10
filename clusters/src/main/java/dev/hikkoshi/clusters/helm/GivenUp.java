package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.kube.LiveObject;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A wish that failed with {@code atomic}, written onto the revision that leads back from it. As
 * long as the same is wanted it is not tried again: each try would disturb what runs.
 *
 * @param revision that tried it
 * @param hash of its manifests
 * @param why it failed
 */
record GivenUp(int revision, String hash, String why) {

  private static final String WISH = "hikkoshi.dev/given-up";
  private static final String WHY = "hikkoshi.dev/given-up-because";
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})-([0-9a-f]*)");
  private static final int LONGEST = 2000;

  Map<String, String> annotations() {
    String reason = why.substring(0, Math.min(why.length(), LONGEST));
    return Map.of(WISH, revision + "-" + hash, WHY, reason);
  }

  static Optional<GivenUp> of(LiveObject secret) {
    Matcher wish = FORM.matcher(secret.annotation(WISH).orElse(""));
    return wish.matches()
        ? Optional.of(
            new GivenUp(
                Integer.parseInt(wish.group(1)), wish.group(2), secret.annotation(WHY).orElse("")))
        : Optional.empty();
  }
}

package dev.hikkoshi.demo.load;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hikkoshi.demo.load.FakeWebsite.Manner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UsersTest {

  private static final InstantSource CLOCK = InstantSource.system();

  private static Users.Plan plan(
      Target target, double perSecond, Function<InetAddress, InetSocketAddress> doors) {
    return new Users.Plan(target, "/", perSecond, doors);
  }

  private static Function<InetAddress, InetSocketAddress> door(FakeWebsite... sites) {
    return address -> {
      for (FakeWebsite site : sites) {
        if (site.address().equals(address)) {
          return new InetSocketAddress(address, site.port());
        }
      }
      throw new IllegalStateException("nobody at " + address);
    };
  }

  @ParameterizedTest
  @EnumSource(
      value = Manner.class,
      names = {"PLAIN", "CHUNKED"})
  void halfOfTheRequestsComeOnNewConnections(Manner manner) throws IOException {
    // Given
    try (FakeWebsite site = new FakeWebsite("blue", "127.0.0.1", manner)) {
      Target direct = new Target.Direct("api.example.com", site.address());
      Ledger ledger;
      try (Users users = Users.start(plan(direct, 500, door(site)), CLOCK)) {
        ledger = users.ledger();
        // When
        await().atMost(ofSeconds(90)).until(() -> users.ledger().books().answers() > 400);
      }
      // Then
      Ledger.Books books = ledger.books();
      assertThat(books.details()).isEmpty();
      assertThat(books.answered()).containsOnlyKeys("blue");
      assertThat(books.underWay()).isZero();
      assertThat(site.requests.get()).isEqualTo((int) books.sent());
      assertThat(books.sentOnNewConnections()).isBetween(books.sent() / 2, books.sent() / 2 + 1);
      // Kept ones are few beside the new ones.
      assertThat((long) site.accepted.get())
          .isBetween(books.sentOnNewConnections(), books.sentOnNewConnections() + 100);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CUT_IN_THE_BODY, CUT",
    "SERVER_ERROR, BAD_STATUS",
    "WITHOUT_CLUSTER, NOT_THE_APPLICATION"
  })
  void whatIsNoGoodAnswerHasFailedAndIsNotTriedAgain(Manner manner, Cause cause)
      throws IOException {
    // Given
    try (FakeWebsite site = new FakeWebsite("blue", "127.0.0.1", manner)) {
      Target direct = new Target.Direct("api.example.com", site.address());
      Ledger ledger;
      // When
      try (Users users = Users.start(plan(direct, 200, door(site)), CLOCK)) {
        ledger = users.ledger();
        await().atMost(ofSeconds(90)).until(() -> users.ledger().books().failures() > 20);
      }
      // Then
      Ledger.Books books = ledger.books();
      assertThat(books.failed()).containsOnlyKeys(cause);
      assertThat(books.failures()).isEqualTo(books.sent());
      assertThat(site.requests.get()).isEqualTo((int) books.sent());
    }
  }

  @Test
  void nobodyThereIsAFailure() throws IOException {
    // Given
    FakeWebsite gone = new FakeWebsite("blue", "127.0.0.1", Manner.PLAIN);
    Function<InetAddress, InetSocketAddress> door = door(gone);
    Target direct = new Target.Direct("api.example.com", gone.address());
    gone.close();
    // When
    try (Users users = Users.start(plan(direct, 100, a -> door.apply(a)), CLOCK)) {
      await().atMost(ofSeconds(90)).until(() -> users.ledger().books().failures() > 10);
      // Then
      assertThat(users.ledger().books().failed()).containsOnlyKeys(Cause.NOT_CONNECTED);
    }
  }

  @Test
  void aSilentServerIsLate() throws IOException {
    try (FakeWebsite site = new FakeWebsite("blue", "127.0.0.1", Manner.SILENT);
        Connection connection =
            Connection.open(
                new InetSocketAddress(site.address(), site.port()), Duration.ofSeconds(1))) {
      assertThatThrownBy(() -> connection.get("api.example.com", "/", true, Duration.ofMillis(50)))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void resolversKeepTheirAnswerForItsTtlAndLeaveAnAddressThatGoes() throws IOException {
    // Given
    AtomicReference<InetAddress> weights =
        new AtomicReference<>(InetAddress.getByName("127.0.0.2"));
    try (FakeWebsite blue = new FakeWebsite("blue", "127.0.0.2", Manner.PLAIN);
        FakeWebsite green = new FakeWebsite("green", "127.0.0.3", Manner.PLAIN);
        FakeNameServer names = new FakeNameServer(weights::get, 1, 2);
        Resolvers resolvers = Resolvers.start("www.example.com", 20, names.at(), CLOCK);
        Users users =
            Users.start(
                plan(new Target.ByName("www.example.com", resolvers), 200, door(blue, green)),
                CLOCK)) {
      await().atMost(ofSeconds(90)).until(() -> !blue.open.isEmpty() && names.questions.get() > 20);
      // When
      weights.set(green.address());
      await().atMost(ofSeconds(90)).until(() -> blue.open.isEmpty());
      long onBlue = users.ledger().books().answered().getOrDefault("blue", 0L);
      await()
          .atMost(ofSeconds(90))
          .until(() -> users.ledger().books().answered().getOrDefault("green", 0L) > 100);
      // Then
      Ledger.Books books = users.ledger().books();
      assertThat(books.details()).isEmpty();
      assertThat(books.answered().get("blue")).isEqualTo(onBlue);
      Map<String, Long> answers =
          resolvers.answers(CLOCK.instant().minusSeconds(60), CLOCK.instant().plusSeconds(1));
      assertThat(answers).containsOnlyKeys("127.0.0.2", "127.0.0.3");
      // Each resolver asks about once in a TTL, not once a request.
      assertThat((long) names.questions.get()).isLessThan(books.sent());
    }
  }

  @Test
  void aNameWithoutAnAddressFailsRequests() throws IOException {
    try (FakeNameServer names = new FakeNameServer(() -> null, 1, 0);
        Resolvers resolvers = Resolvers.start("www.example.com", 5, names.at(), CLOCK);
        Users users =
            Users.start(
                plan(new Target.ByName("www.example.com", resolvers), 100, door()), CLOCK)) {
      await().atMost(ofSeconds(90)).until(() -> users.ledger().books().failures() > 10);
      assertThat(users.ledger().books().failed()).containsOnlyKeys(Cause.NO_ADDRESS);
    }
  }
}

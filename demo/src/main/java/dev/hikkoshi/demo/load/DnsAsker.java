package dev.hikkoshi.demo.load;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Asks one authoritative name server for addresses over UDP: many questions at once on one socket,
 * each answered by the server on its own. Nothing is remembered between questions.
 */
final class DnsAsker implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int TRIES = 3;
  private static final int RECEIVE_BYTES = 1 << 20;

  private final InstantSource clock;
  private final DatagramSocket socket;
  private final Map<Integer, Asked> asked = new ConcurrentHashMap<>();

  /**
   * What the server said.
   *
   * @param ttl for how long it may be used
   * @param askedAt when the question was sent, before the server could decide
   */
  record Answer(List<InetAddress> addresses, Duration ttl, Instant askedAt) {

    Answer {
      addresses = List.copyOf(addresses);
    }
  }

  private record Asked(Name name, Instant at, CompletableFuture<Answer> answer) {}

  DnsAsker(InetSocketAddress server, InstantSource clock) throws IOException {
    this.clock = clock;
    socket = new DatagramSocket();
    socket.setReceiveBufferSize(RECEIVE_BYTES);
    socket.connect(server);
    Thread.ofPlatform().daemon().name("dns-answers").start(this::receive);
  }

  /**
   * Asks for the addresses of a name; again when nothing comes, as resolvers do.
   *
   * @return ends with an {@link IOException} when there is no answer
   */
  CompletableFuture<Answer> ask(Name name) {
    return ask(name, TRIES);
  }

  private CompletableFuture<Answer> ask(Name name, int tries) {
    return once(name)
        .exceptionallyCompose(
            e -> tries > 1 ? ask(name, tries - 1) : CompletableFuture.failedFuture(e));
  }

  private CompletableFuture<Answer> once(Name name) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Asked question = new Asked(name, clock.instant(), answer);
    int id;
    do {
      id = ThreadLocalRandom.current().nextInt(1 << 16);
    } while (asked.putIfAbsent(id, question) != null);
    int taken = id;
    Message query = Message.newQuery(Record.newRecord(name, Type.A, DClass.IN));
    query.getHeader().setID(taken);
    query.getHeader().unsetFlag(Flags.RD);
    byte[] wire = query.toWire();
    try {
      socket.send(new DatagramPacket(wire, wire.length));
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
    return answer
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((_, _) -> asked.remove(taken, question));
  }

  private void receive() {
    byte[] buffer = new byte[4_096];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        take(new Message(Arrays.copyOf(buffer, packet.getLength())));
      } catch (IOException e) {
        // An unreadable packet is no answer; a closed socket ends the loop.
      }
    }
  }

  private void take(Message message) {
    Asked question = asked.get(message.getHeader().getID());
    Record about = message.getQuestion();
    if (question == null || about == null || !about.getName().equals(question.name())) {
      return;
    }
    List<Record> records = message.getSection(Section.ANSWER);
    List<InetAddress> addresses =
        records.stream()
            .filter(ARecord.class::isInstance)
            .map(r -> ((ARecord) r).getAddress())
            .toList();
    if (message.getRcode() != Rcode.NOERROR || addresses.isEmpty()) {
      String why = Rcode.string(message.getRcode()) + " without an address for " + question.name();
      question.answer().completeExceptionally(new IOException(why));
      return;
    }
    long ttl = records.stream().mapToLong(Record::getTTL).min().orElse(0);
    question.answer().complete(new Answer(addresses, Duration.ofSeconds(ttl), question.at()));
  }

  @Override
  public void close() {
    socket.close();
  }
}

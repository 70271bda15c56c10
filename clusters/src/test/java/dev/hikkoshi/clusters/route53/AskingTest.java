package dev.hikkoshi.clusters.route53;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Asked over real sockets, of a server that can be told to be mute or no authority. */
class AskingTest {

  private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
  private final Set<Integer> ids = ConcurrentHashMap.newKeySet();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean authority = true;
  private volatile boolean mute;
  private DatagramSocket socket;
  private Thread thread;

  @BeforeEach
  void open() throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    thread = Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void close() throws InterruptedException {
    socket.close();
    thread.join();
  }

  private void serve() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
        asked.incrementAndGet();
        ports.add(packet.getPort());
        ids.add(query.getHeader().getID());
        if (!mute) {
          byte[] answer = answer(query).toWire();
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private Message answer(Message query) throws IOException {
    Record question = query.getQuestion();
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    if (authority) {
      answer.getHeader().setFlag(Flags.AA);
    }
    answer.addRecord(question, Section.QUESTION);
    answer.addRecord(
        new ARecord(question.getName(), DClass.IN, 60, InetAddress.getByName("192.0.2.1")),
        Section.ANSWER);
    return answer;
  }

  private Asking.Answers ask(int times) {
    var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    return new Asking(List.of(server)).ask("www.example.com", Type.A, times);
  }

  @Test
  void eachQuestionHasAPortAndAnIdOfItsOwn() {
    // When
    Asking.Answers answers = ask(200);
    // Then
    assertThat(answers.answers()).hasSize(200).containsOnly(new Answer(Set.of("192.0.2.1"), 60));
    assertThat(answers.failed()).isZero();
    assertThat(ports).hasSizeGreaterThan(150);
    assertThat(ids).hasSizeGreaterThan(150);
  }

  @Test
  void whatACacheAnswersIsNoAnswer() {
    // Given
    authority = false;
    // When
    Asking.Answers answers = ask(3);
    // Then
    assertThat(answers.answers()).isEmpty();
    assertThat(answers.why()).contains("not as an authority");
  }

  @Test
  void whereNobodyAnswersTheRestIsNotAsked() {
    // Given
    mute = true;
    // When
    Asking.Answers answers = ask(2_000);
    // Then
    assertThat(answers.answers()).isEmpty();
    assertThat(answers.failed()).isEqualTo(2_000);
    assertThat(asked.get()).isLessThan(600);
  }
}

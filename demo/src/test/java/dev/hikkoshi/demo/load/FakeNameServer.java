package dev.hikkoshi.demo.load;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** A name server that answers every question with what a test supplies; null is NXDOMAIN. */
final class FakeNameServer implements AutoCloseable {

  final AtomicInteger questions = new AtomicInteger();
  private final DatagramSocket socket;
  private final Supplier<@org.jspecify.annotations.Nullable InetAddress> address;
  private final long ttl;
  private final int unanswered;

  /**
   * Starts it.
   *
   * @param unanswered so many questions are lost first
   */
  FakeNameServer(
      Supplier<@org.jspecify.annotations.Nullable InetAddress> address, long ttl, int unanswered)
      throws IOException {
    this.address = address;
    this.ttl = ttl;
    this.unanswered = unanswered;
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofVirtual().start(this::serve);
  }

  InetSocketAddress at() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private void serve() {
    byte[] buffer = new byte[1_500];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        if (questions.incrementAndGet() > unanswered) {
          byte[] wire = answer(new Message(Arrays.copyOf(buffer, packet.getLength()))).toWire();
          socket.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  private Message answer(Message question) {
    Message answer = new Message(question.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(question.getQuestion(), Section.QUESTION);
    InetAddress found = address.get();
    if (found == null) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
      return answer;
    }
    Name name = question.getQuestion().getName();
    answer.addRecord(new ARecord(name, DClass.IN, ttl, found), Section.ANSWER);
    return answer;
  }

  @Override
  public void close() {
    socket.close();
  }
}

package dev.hikkoshi.demo.load;

import dev.hikkoshi.demo.load.Ledger.Ticket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * The users of one route: requests at a steady pace that no slow answer slows down, every second
 * one on a connection of its own. Nothing is tried twice: what a user would see is what the ledger
 * says.
 */
public final class Users implements AutoCloseable {

  /** A request without a whole answer in this time has failed. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int MOST_UNDER_WAY = 2_000;
  private static final Duration TICK = Duration.ofMillis(10);
  private static final double MOST_AT_ONCE = 0.5; // seconds of requests after a pause of this JVM

  private final Plan plan;
  private final InstantSource clock;
  private final Ledger ledger;
  private final ExecutorService users = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);
  private final Thread pace;
  private volatile boolean stopped;

  /**
   * What they do.
   *
   * @param doors from an address to the socket on which its port 80 really is
   */
  public record Plan(
      Target target,
      String path,
      double perSecond,
      Function<InetAddress, InetSocketAddress> doors) {}

  private Users(Plan plan, InstantSource clock) {
    this.plan = plan;
    this.clock = clock;
    ledger = new Ledger(clock);
    pace = Thread.ofPlatform().daemon().name("users").unstarted(this::pace);
  }

  /** Lets them come. */
  public static Users start(Plan plan, InstantSource clock) {
    Users users = new Users(plan, clock);
    users.pace.start();
    return users;
  }

  public Ledger ledger() {
    return ledger;
  }

  private void pace() {
    double due = 0;
    long sent = 0;
    long before = System.nanoTime();
    while (!stopped) {
      long now = System.nanoTime();
      due =
          Math.min(due + plan.perSecond() * (now - before) / 1e9, plan.perSecond() * MOST_AT_ONCE);
      before = now;
      for (; due >= 1; due--) {
        boolean onNewConnection = sent++ % 2 == 0;
        send(onNewConnection);
      }
      LockSupport.parkNanos(TICK.toNanos());
    }
  }

  private void send(boolean onNewConnection) {
    Ticket ticket = ledger.sent(onNewConnection);
    if (!underWay.tryAcquire()) {
      ticket.failed(Cause.BACKLOG, MOST_UNDER_WAY + " requests wait for answers");
      return;
    }
    users.execute(
        () -> {
          try {
            request(ticket, onNewConnection);
          } catch (RuntimeException e) {
            ticket.failed(Cause.CUT, "a mistake of the load generator: " + e);
          } finally {
            underWay.release();
          }
        });
  }

  private void request(Ticket ticket, boolean onNewConnection) {
    Target.Choice way;
    try {
      way = plan.target().choose(PATIENCE);
    } catch (IOException e) {
      ticket.failed(Cause.NO_ADDRESS, text(e));
      return;
    }
    Connection connection;
    try {
      connection = connect(way, onNewConnection);
    } catch (IOException e) {
      ticket.failed(Cause.NOT_CONNECTED, way.address().getHostAddress() + ": " + text(e));
      return;
    }
    exchange(ticket, way, connection, onNewConnection);
  }

  private Connection connect(Target.Choice way, boolean onNewConnection) throws IOException {
    if (!onNewConnection) {
      var idle = way.kept().take(way.address(), clock.instant());
      if (idle.isPresent()) {
        return idle.get();
      }
    }
    return Connection.open(plan.doors().apply(way.address()), PATIENCE);
  }

  private void exchange(
      Ticket ticket, Target.Choice way, Connection connection, boolean onNewConnection) {
    boolean keep = false;
    try {
      Connection.Answer answer =
          connection.get(plan.target().host(), plan.path(), !onNewConnection, PATIENCE);
      keep = answer.reusable();
      judge(ticket, answer, way.address());
    } catch (SocketTimeoutException e) {
      ticket.failed(Cause.LATE, way.address().getHostAddress() + ": " + text(e));
    } catch (IOException e) {
      ticket.failed(Cause.CUT, way.address().getHostAddress() + ": " + text(e));
    }
    if (keep) {
      way.kept().put(connection, way.address(), clock.instant());
    } else {
      connection.close();
    }
  }

  private static void judge(Ticket ticket, Connection.Answer answer, InetAddress from) {
    if (answer.status() != 200) {
      String why = answer.why().map(": "::concat).orElse("");
      ticket.failed(Cause.BAD_STATUS, answer.status() + " from " + from.getHostAddress() + why);
    } else if (answer.cluster().isEmpty()) {
      ticket.failed(
          Cause.NOT_THE_APPLICATION, "no cluster in " + from.getHostAddress() + "'s answer");
    } else {
      ticket.answered(answer.cluster().get());
    }
  }

  private static String text(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /** No more requests; returns when those under way have ended. */
  @Override
  public void close() {
    stopped = true;
    try {
      pace.join();
      users.shutdown();
      // Every request ends by itself within its patience, so this is only a last resort.
      if (!users.awaitTermination(3 * PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        users.shutdownNow();
      }
    } catch (InterruptedException e) {
      users.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

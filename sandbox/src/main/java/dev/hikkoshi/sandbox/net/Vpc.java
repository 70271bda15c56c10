package dev.hikkoshi.sandbox.net;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The played VPC: every private address 10.a.b.c is the loopback address 127.a.b.c.
 *
 * <p>The whole of 127.0.0.0/8 is local on Linux, so pods, load balancers and name servers each have
 * an address of their own with real sockets behind it and nothing can leave the machine. Pods live
 * in 10.16.0.0/16 up to 10.199.0.0/16 (one /16 a cluster), load balancers in 10.200.0.0/16, the
 * name server in 10.201.0.2. On macOS only 127.0.0.1 exists until aliases are added.
 */
public final class Vpc {

  private Vpc() {}

  /** The pods of the n-th cluster ever built, n from 0; wraps after 184 clusters. */
  public static String podCidr(int n) {
    return "10." + (16 + n % 184) + ".0.0/16";
  }

  /**
   * The loopback address behind a private address.
   *
   * @param privateIp an IPv4 address in 10.0.0.0/8, or a loopback address, which is kept
   * @throws IllegalArgumentException for every other address: the sandbox dials nothing else
   */
  public static InetAddress loopback(String privateIp) {
    String[] parts = privateIp.split("\\.", -1);
    if (parts.length != 4 || !(parts[0].equals("10") || parts[0].equals("127"))) {
      throw new IllegalArgumentException("not an address of the sandbox's VPC: " + privateIp);
    }
    byte[] address = new byte[4];
    address[0] = 127;
    for (int i = 1; i < 4; i++) {
      int octet = Integer.parseInt(parts[i]);
      if (octet < 0 || octet > 255) {
        throw new IllegalArgumentException("not an IPv4 address: " + privateIp);
      }
      address[i] = (byte) octet;
    }
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}

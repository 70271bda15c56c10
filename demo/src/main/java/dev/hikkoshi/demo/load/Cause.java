package dev.hikkoshi.demo.load;

/** Why a request has no good answer. */
public enum Cause {
  /** The name was not answered, or not with an address. */
  NO_ADDRESS,
  /** Nobody took the connection. */
  NOT_CONNECTED,
  /** The connection ended before the answer did. */
  CUT,
  /** No whole answer in time. */
  LATE,
  /** An answer with a status other than 200. */
  BAD_STATUS,
  /** A good status, but no cluster's name: the answer is not the application's. */
  NOT_THE_APPLICATION,
  /** So many requests were waiting for answers that this one was not sent. */
  BACKLOG
}

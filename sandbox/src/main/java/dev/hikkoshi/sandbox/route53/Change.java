package dev.hikkoshi.sandbox.route53;

/** One change of a batch, its record set already in the kept form. */
record Change(Action action, RecordSet set) {

  /** What is to be done. */
  enum Action {
    CREATE,
    DELETE,
    UPSERT
  }
}

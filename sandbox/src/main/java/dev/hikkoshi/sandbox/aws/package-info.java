/**
 * The front door of the region: requests as AWS clients send them, signature checked, one service
 * per signing name. What a request means belongs to the service packages; this package knows only
 * what all services share (signing, errors, request ids, the call log, faults).
 */
@NullMarked
package dev.hikkoshi.sandbox.aws;

import org.jspecify.annotations.NullMarked;

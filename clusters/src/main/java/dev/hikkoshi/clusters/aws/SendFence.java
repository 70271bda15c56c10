package dev.hikkoshi.clusters.aws;

import dev.hikkoshi.environments.port.Fence;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Asks the fence after credentials were found and the request was signed, as the last thing before
 * it is sent.
 */
final class SendFence implements ExecutionInterceptor {

  private final Fence fence;

  SendFence(Fence fence) {
    this.fence = fence;
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    if (!fence.open()) {
      throw SdkClientException.create(Fence.NOT_SENT, new NotSent());
    }
  }

  /**
   * Why a request was never sent, so that it is known not to have happened. A cause, because the
   * SDK makes its own exceptions anew on their way.
   */
  static final class NotSent extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }
}

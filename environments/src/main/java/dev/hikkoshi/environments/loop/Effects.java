package dev.hikkoshi.environments.loop;

import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.port.Outcome;

/** Does one action through its gateway. The only place that knows how. */
final class Effects {

  private final Gateways to;

  Effects(Gateways to) {
    this.to = to;
  }

  Outcome perform(Action action) {
    return switch (action) {
      case Action.CreateCluster a -> to.eks().createCluster(a.spec());
      case Action.TagCluster a -> to.eks().tagCluster(a.cluster(), a.tags());
      case Action.CreateNodegroup a -> to.eks().createNodegroup(a.cluster(), a.spec());
      case Action.ScaleNodegroup a ->
          to.eks()
              .scaleNodegroup(
                  a.cluster(), a.spec().name(), a.spec().min(), a.spec().max(), a.spec().desired());
      case Action.CreateAddon a -> to.eks().createAddon(a.cluster(), a.spec());
      case Action.CreateAccessEntry a -> to.eks().createAccessEntry(a.cluster(), a.spec());
      case Action.CreatePodIdentity a -> to.eks().createPodIdentity(a.cluster(), a.spec());
      case Action.ChangePodIdentity a ->
          to.eks().changePodIdentity(a.cluster(), a.seen(), a.roleArn());
      case Action.SyncRelease a -> to.inside().sync(a.cluster(), a.wanted(), a.release());
      case Action.HealRelease a -> to.inside().heal(a.cluster(), a.wanted(), a.release());
      case Action.UninstallRelease a -> to.inside().uninstall(a.cluster(), a.release());
      case Action.CreateGroup a ->
          to.balancers()
              .createGroup(
                  a.definition().rule(),
                  a.seen(),
                  a.cluster(),
                  a.definition().backend().port(),
                  a.probe());
      case Action.Bind a -> to.inside().bind(a.cluster(), a.route(), a.service(), a.groupArn());
      case Action.Unbind a -> to.inside().unbind(a.cluster(), a.route());
      case Action.RunJob a -> to.jobs().run(a.cluster(), a.job());
      case Action.RemoveJob a -> to.jobs().remove(a.cluster(), a.job());
      case Action.WriteRecords a ->
          to.dns().change(a.definition().zone(), a.zoneId(), a.deletes(), a.creates());
      case Action.WriteRule a -> to.balancers().write(a.definition().rule(), a.seen(), a.weights());
      case Action.RemoveBalancerObjects a -> to.inside().removeBalancerObjects(a.cluster());
      case Action.DeleteGroup a -> to.balancers().deleteGroup(a.definition().rule(), a.groupArn());
      case Action.UntagGroup a -> to.balancers().untagGroup(a.definition().rule(), a.groupArn());
      case Action.UntagCluster a -> to.eks().untagCluster(a.cluster());
      case Action.RemoveAddon a -> to.eks().deleteAddon(a.cluster(), a.addon());
      case Action.RemoveAccessEntry a -> to.eks().deleteAccessEntry(a.cluster(), a.principalArn());
      case Action.RemovePodIdentity a -> to.eks().deletePodIdentity(a.cluster(), a.seen());
      case Action.RemoveAccessPolicy a ->
          to.eks().disassociatePolicy(a.cluster(), a.principalArn(), a.policyArn());
      case Action.DeleteNodegroup a -> to.eks().deleteNodegroup(a.cluster(), a.nodegroup());
      case Action.Unprotect a -> to.eks().unprotect(a.cluster());
      case Action.DeleteCluster a -> to.eks().deleteCluster(a.cluster());
    };
  }
}

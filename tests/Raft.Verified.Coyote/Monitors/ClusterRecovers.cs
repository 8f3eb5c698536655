namespace Raft.Verified.Coyote.Monitors;

/// <summary>
/// A liveness property: after the faults there is a moment at which a leader exists and every server has caught up. The
/// monitor is hot until then.
/// </summary>
internal sealed class ClusterRecovers : Microsoft.Coyote.Specifications.Monitor
{
    /// <summary>The end of the faults: from now on the cluster has to recover.</summary>
    internal sealed class FaultsEnded : Event;

    /// <summary>The recovery of the cluster: a leader exists and every server has caught up.</summary>
    internal sealed class Recovered : Event;

    [Start]
    [Cold]
    [OnEventGotoState(typeof(FaultsEnded), typeof(Recovering))]
    private sealed class Faulty : State;

    [Hot]
    [OnEventGotoState(typeof(Recovered), typeof(Healthy))]
    private sealed class Recovering : State;

    [Cold]
    [IgnoreEvents(typeof(FaultsEnded))]
    private sealed class Healthy : State;
}
